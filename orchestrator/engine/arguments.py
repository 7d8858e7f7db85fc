"""Command lines as the Automation API writes them, read strictly: what is not known is refused by its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from orchestrator.engine import refused
from orchestrator.engine.errors import EngineError


class Kind(Enum):
    """What follows a flag: nothing, a text, or a text each time it is given."""

    SWITCH = "switch"
    TEXT = "text"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Syntax:
    """One command. `operands`: least and most words after it; -1: any number."""

    flags: Mapping[str, Kind] = field(default_factory=dict)
    operands: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A command line. `tail`: what stands after `--`."""

    command: tuple[str, ...]
    operands: tuple[str, ...]
    tail: tuple[str, ...]
    options: Mapping[str, Any]

    def switch(self, name: str) -> bool:
        return bool(self.options.get(name, False))

    def text(self, name: str, default: str = "") -> str:
        return str(self.options.get(name, default))

    def many(self, name: str) -> tuple[str, ...]:
        return tuple(self.options.get(name, ()))


def parse(arguments: Sequence[str], table: Mapping[tuple[str, ...], Syntax]) -> Parsed:
    """The command that the line begins with, and its options; raises EngineError naming what is not known."""
    line = [word for word in arguments if word != "--non-interactive"]
    head, tail = (line[: line.index("--")], line[line.index("--") + 1 :]) if "--" in line else (line, [])
    command = _command(head, table)
    syntax = table[command]
    operands, options = _options(command, syntax, head[len(command) :])
    least, most = syntax.operands
    count = len(operands) + len(tail)
    if count < least or (most >= 0 and count > most):
        raise EngineError(f"error: {' '.join(command)}: {least} to {most} arguments expected, {count} given")
    return Parsed(command=command, operands=tuple(operands), tail=tuple(tail), options=options)


def _command(head: Sequence[str], table: Mapping[tuple[str, ...], Syntax]) -> tuple[str, ...]:
    words = tuple(head)
    _refuse(words)
    for length in (3, 2, 1):
        if words[:length] in table and len(words) >= length:
            return words[:length]
    shown = " ".join(word for word in words[:2] if not word.startswith("-"))
    raise EngineError(f"error: unknown command {shown!r}: the embedded engine does not carry it out")


def _refuse(words: tuple[str, ...]) -> None:
    for length in (2, 1):
        feature = refused.COMMANDS.get(words[:length])
        if feature is not None:
            shown = " ".join(words[:length])
            raise EngineError(f"error: {shown}: {feature}: the embedded engine does not carry it out")


def _options(command: tuple[str, ...], syntax: Syntax, words: Sequence[str]) -> tuple[list[str], dict[str, Any]]:
    operands: list[str] = []
    options: dict[str, Any] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("-"):
            operands.append(word)
            continue
        name, given, value = word.partition("=")
        kind = syntax.flags.get(name)
        if kind is None:
            about = refused.FLAGS.get(name)
            what = f"{name} ({about})" if about else f"unknown flag: {name}"
            raise EngineError(f"error: {' '.join(command)}: {what}: the embedded engine does not carry it out")
        if kind is Kind.SWITCH:
            options[name] = _truth(name, value) if given else True
            continue
        if not given:
            if not rest:
                raise EngineError(f"error: {' '.join(command)}: flag needs an argument: {name}")
            value = rest.pop(0)
        if kind is Kind.LIST:
            options.setdefault(name, []).append(value)
        else:
            options[name] = value
    return operands, options


def _truth(name: str, value: str) -> bool:
    if value not in {"true", "false"}:
        raise EngineError(f"error: {name}={value}: true or false expected")
    return value == "true"
