"""Secrets stay out of error texts: some services repeat in a fault what they were sent."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.engine.cloud.schema import ResourceType
    from orchestrator.engine.provider import Properties

MASK: Final = "[secret]"


@contextmanager
def guarded(type_: ResourceType, *properties: Properties) -> Iterator[None]:
    """Errors raised inside hold no value of a secret property."""
    try:
        yield
    except ProviderError as error:
        text = str(error)
        masked = mask(type_, text, *properties)
        if masked == text:
            raise
        error.args = (masked,)
        raise error from None


def mask(type_: ResourceType, text: str, *properties: Properties) -> str:
    for name, prop in type_.properties.items():
        for value in (values.get(name) for values in properties):
            if prop.secret and isinstance(value, str) and value:
                text = text.replace(value, MASK)
    return text
