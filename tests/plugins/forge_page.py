"""A Markdown comment as a forge shows it: by GitHub's own renderer, in a column and a style like theirs."""

from __future__ import annotations

from typing import Final

import cmarkgfm
from cmarkgfm.cmark import Options

STYLE: Final = """
body { margin: 0; background: #fff; color: #1f2328; font: 14px/1.5 "Liberation Sans", "DejaVu Sans", sans-serif; }
main { max-width: 780px; margin: 16px auto; border: 1px solid #d1d9e0; border-radius: 6px; padding: 16px;
  overflow-wrap: break-word; }
@media (max-width: 600px) { main { margin: 0; border-width: 1px 0; border-radius: 0; } }
h2 { font-size: 1.5em; } h3 { font-size: 1.25em; }
h2, h3 { margin: 24px 0 16px; line-height: 1.25; } h2 { border-bottom: 1px solid #d1d9e0; padding-bottom: .3em; }
h2:first-of-type { margin-top: 0; }
.alert { border-left: .25em solid #9a6700; padding: 0 1em; margin-bottom: 16px; } .alert ul { margin: 0; }
.alert p:first-child { color: #9a6700; font-weight: bold; margin: 0 0 8px; }
p, ul, blockquote, table, pre, details { margin: 0 0 16px; } ul { padding-left: 2em; }
blockquote { border-left: .25em solid #d1d9e0; color: #59636e; padding: 0 1em; }
blockquote > :last-child { margin-bottom: 0; }
table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse; }
th, td { border: 1px solid #d1d9e0; padding: 6px 13px; } tr:nth-child(2n) td { background: #f6f8fa; }
code, pre { font: 85%/1.45 "Liberation Mono", "DejaVu Sans Mono", monospace; background: #f0f1f2; border-radius: 6px; }
code { padding: .2em .4em; } pre { padding: 16px; overflow: auto; background: #f6f8fa; }
pre code { padding: 0; background: none; }
sub { font-size: 75%; }
"""


def rendered(markdown: str) -> str:
    """The comment's HTML, alerts framed. What is HTML in it stays so: a forge would clean it, and hide the mistake."""
    html: str = cmarkgfm.github_flavored_markdown_to_html(markdown, options=Options.CMARK_OPT_UNSAFE)
    framed = html.replace("<blockquote>\n<p>[!WARNING]</p>", '<div class="alert">\n<p>Warning</p>')
    return framed.replace("</blockquote>", "</div>")  # the comment has no others: one were an element that ends nowhere


def forge_page(markdown: str) -> str:
    """A whole page around it."""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>merge request</title>'
    body = f"<main>{rendered(markdown)}</main>"
    return f'<!doctype html><html lang="en"><head>{head}<style>{STYLE}</style></head><body>{body}</body></html>'
