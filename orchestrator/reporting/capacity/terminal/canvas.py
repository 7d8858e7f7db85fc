"""What a terminal can show: how wide it is, which signs it knows, whether it has colours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What bars are drawn with, one character each."""

    allocated: str
    guaranteed: str
    declared: str
    free: str
    mark: str  # where the guaranteed share ends, within what is allocated
    beyond: str
    cut: str


BLOCKS: Final = Signs(allocated="█", guaranteed="▒", declared="░", free="·", mark="│", beyond="▶", cut="…")
ASCII: Final = Signs(allocated="#", guaranteed="=", declared="-", free=".", mark="|", beyond=">", cut="~")


class Style(StrEnum):
    """SGR parameters of ECMA-48; the eight plain colours follow the terminal's own theme, light or dark."""

    HEADING = "2"  # faint
    SITE = "1"  # bold
    ALLOCATED = "36"
    GUARANTEED = "34"
    DECLARED = "2"
    OVER = "1;31"
    WARNING = "33"


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """`width`: columns; None: as many as are needed (a file, a pipe)."""

    width: int | None = None
    signs: Signs = BLOCKS
    colours: bool = False

    def paint(self, text: str, style: Style | None) -> str:
        """The text as it is sent; measure before painting."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.colours and style and text.strip() else text


def printable(text: str) -> str:
    """On one line, with nothing that a terminal would take for a command: services' answers stand in our text."""
    return "".join(sign if sign.isprintable() else "�" for sign in " ".join(text.split()))
