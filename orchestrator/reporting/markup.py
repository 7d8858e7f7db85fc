"""Text of others inside Markdown: it must not become markup."""

from __future__ import annotations

from typing import Final

GAP: Final = "\u00a0"  # of our own figures: no line breaks there
UNSEEN: Final = "&#8203;"


def escape(text: str) -> str:
    """Text of a spec must not become a table cell, a tag, an entity, a mention or a link.

    Forges look for mentions and addresses in what is rendered, where a backslash is gone: an invisible space parts
    those. Gitea takes such a space for a letter of a host's name, so that it stands before the two strokes of a URL.
    """
    text = GAP.join(" ".join(part.split()) for part in text.split(GAP))
    for mark in "\\`|*_[]<>&~":
        text = text.replace(mark, "\\" + mark)
    for mark in ("#", "@", "www"):  # in this order: the invisible space is written with a #
        text = text.replace(mark, mark + UNSEEN)
    return text.replace("://", f":{UNSEEN}//{UNSEEN}")


def fenced(text: str, *, keep: bool = False) -> str:
    """Text that cannot close the block of code in which it stands. `keep`: its spaces mean something."""
    harmless = text.replace("```", "'''")
    return harmless if keep else " ".join(harmless.split())
