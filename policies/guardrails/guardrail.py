"""What a guardrail is: a rule on resources as a program declares them, for engines that see no specs. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final


class Unknown:
    """A value that only the cloud decides: it is written, and nothing can be said of it yet."""


UNKNOWN: Final = Unknown()


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One resource. `kind`: Pulumi's type token; `inputs`: in Pulumi's names, UNKNOWN where the cloud decides.

    `parent`: URN of the component that it belongs to; `protected`: Pulumi refuses to delete it.
    """

    kind: str
    name: str
    urn: str
    inputs: Mapping[str, Any]
    parent: str = ""
    protected: bool = False

    def text(self, name: str) -> str:
        """An input that is text and known; else empty."""
        value = self.inputs.get(name)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceGuardrail:
    """Judges one resource before it is made. `name`: that of the rule on specs where there is one."""

    name: str
    summary: str
    check: Callable[[Declared], Iterable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StackGuardrail:
    """Judges all resources of a stack together; each message is about one of them."""

    name: str
    summary: str
    check: Callable[[Sequence[Declared]], Iterable[tuple[Declared, str]]]
