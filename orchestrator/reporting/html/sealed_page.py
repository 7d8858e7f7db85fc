"""A page that is one file: it asks nobody for anything, runs nothing, and takes no style but its own."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from orchestrator.reporting.html.element import Element, element


def sealed_page(title: str, style: str, body: Element, *meta: Element, language: str = "en") -> str:
    """The whole document. `style`: its style sheet; `meta`: what its head says besides."""
    page = element("html", _head(title, style, meta), body, lang=language)
    return f"<!DOCTYPE html>\n{page.render()}\n"


def _head(title: str, style: str, meta: tuple[Element, ...]) -> Element:
    """Its policy forbids scripts and requests altogether, and any style whose digest it does not name."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:"
    return element(
        "head",
        element("meta", charset="utf-8"),
        Element("meta", {"http-equiv": "Content-Security-Policy", "content": policy}, ()),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        *meta,
        element("meta", name="referrer", content="no-referrer"),
        element("link", rel="icon", href="data:,"),  # else a browser asks for one
        element("title", title),
        element("style", style),
    )
