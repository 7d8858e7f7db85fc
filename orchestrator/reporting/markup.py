"""Text of others inside Markdown: it must not become markup."""

from __future__ import annotations


def escape(text: str) -> str:
    """Text of a spec must not become a table cell, a tag or a mention.

    Forges look for mentions in what is rendered, where a backslash is gone: an invisible space parts those.
    """
    for mark in "\\`|*_[]<>":
        text = text.replace(mark, "\\" + mark)
    for mark in "#@":  # in this order: the invisible space is written with a #
        text = text.replace(mark, mark + "&#8203;")
    return " ".join(text.split())


def fenced(text: str, *, keep: bool = False) -> str:
    """Text that cannot close the block of code in which it stands. `keep`: its spaces mean something."""
    harmless = text.replace("```", "'''")
    return harmless if keep else " ".join(harmless.split())
