"""Sudden death: from one resource on nothing is made and nothing is written, in whatever thread."""

from __future__ import annotations

from small_world import SmallWorld


class PowerCutError(BaseException):
    """What no `except Exception` sees, as a killed process sees nothing."""


def cut_power(world: SmallWorld, stack: str, resource: str) -> None:
    """Ahead of this resource, until the world starts again."""
    gone: list[str] = []

    def refuse() -> None:
        if gone:
            raise PowerCutError

    def cut(*here: str) -> None:
        if here == (stack, resource):
            gone.append(resource)
        refuse()

    world.engine.before = cut
    world.journal.before = refuse
