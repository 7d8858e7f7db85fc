"""Whose an action was: every error says the project that the object is for, or that the call was made in."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.engine.cloud.connection import Connection
    from orchestrator.engine.provider import Properties


@contextmanager
def told(connection: Connection, project: object = None) -> Iterator[None]:
    """Errors raised inside end with the project. `project`: the id that the object itself names, if it does."""
    try:
        yield
    except ProviderError as error:
        error.args = (ended(str(error), connection, project),)
        raise


def ended(text: str, connection: Connection, project: object = None) -> str:
    """The text with the project, where any is known. Makes no call."""
    own = connection.project
    if isinstance(project, str) and project and project not in own:
        return f"{text.removesuffix('.')}; for project {project}"
    return f"{text.removesuffix('.')}; in project {own}" if own else text


def named_by(name: str, *properties: Properties) -> object:
    """The project in the first properties that hold it. `name`: the input of the type; "" where it has none."""
    return next((found[name] for found in properties if found.get(name)), None)
