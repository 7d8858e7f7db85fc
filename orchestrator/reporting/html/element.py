"""HTML and SVG that are well-formed and escaped by construction: text is text, whoever wrote it.

Knows nothing of what is shown. Only a style sheet, which is ours, is written as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

VOID: Final = frozenset({"meta", "link", "br", "hr"})
UNWRITABLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Categories of Unicode that are no writing: controls, signs that turn the direction of text, halves of a pair."""


@dataclass(frozen=True, slots=True)
class Element:
    """`children` in their order; a string is text."""

    tag: str
    attributes: Mapping[str, str]
    children: tuple[Element | str, ...]

    def render(self) -> str:
        """As markup."""
        attributes = "".join(f' {name}="{_escaped(value)}"' for name, value in self.attributes.items())
        if self.tag in VOID:
            return f"<{self.tag}{attributes}>"
        if self.tag == "style":
            inside = _style(self.children)
        else:
            inside = "".join(one.render() if isinstance(one, Element) else _escaped(one) for one in self.children)
        return f"<{self.tag}{attributes}>{inside}</{self.tag}>"


Node = Element | str


def element(tag: str, /, *children: Node, **attributes: str) -> Element:
    """`class_` and `for_` lose their underscore, `aria_label` becomes `aria-label`."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return Element(tag, named, children)


def readable(text: str) -> str:
    """Text without what is no writing; each such sign is seen as one that cannot be shown."""
    return "".join("�" if unicodedata.category(sign) in UNWRITABLE and sign != "\n" else sign for sign in text)


def _escaped(text: str) -> str:
    return escape(readable(text), quote=True)


def _style(children: tuple[Node, ...]) -> str:
    text = "".join(str(one) for one in children)
    if "</" in text:
        raise ValueError("a style sheet that ends its own element")
    return text
