"""Files and functions stay small enough to be read at once."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator

from source_tree import PRODUCT, check_none, parsed, python_files, shown

FILE_LINES = 300
FUNCTION_LINES = 40
WATCHED = (*PRODUCT, "benchmarks", "tests", "scripts")

TALLER: dict[str, str] = {
    "tests/plugins/example_region.py:example_tenant": "one literal with one of everything, read from top to bottom",
}
"""What may be larger, `file` or `file:function`, each with its reason."""

_NO_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def lines_of_code(text: str) -> set[int]:
    """Numbers of the lines that hold more than a comment."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {line for token in tokens if token.type not in _NO_CODE for line in range(token.start[0], token.end[0] + 1)}


def function_sizes(tree: ast.Module, text: str) -> Iterator[tuple[str, int]]:
    """(name, lines of code) of each function, its docstring not counted."""
    code = lines_of_code(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
            if ast.get_docstring(node):
                first = node.body[0]
                body -= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
            yield node.name, len(body & code)


def too_tall() -> dict[str, int]:
    found = {}
    for path in python_files(*WATCHED):
        text = path.read_text(encoding="utf-8")
        if (lines := text.count("\n")) > FILE_LINES:
            found[shown(path)] = lines
        for name, size in function_sizes(parsed(path), text):
            if size > FUNCTION_LINES:
                found[f"{shown(path)}:{name}"] = size
    return found


def test_files_and_functions_are_small() -> None:
    """At most 300 lines a file, 40 lines of code a function; the exceptions are named, and none is idle."""
    found = too_tall()
    check_none(f"{name}: {size} lines" for name, size in found.items() if name not in TALLER)
    check_none(f"{name} is not tall any more" for name in TALLER if name not in found)


def test_docstrings_comments_and_blank_lines_do_not_count() -> None:
    """Explaining more must not be punished."""
    text = 'def f():\n    """One.\n\n    Two.\n    """\n    # why\n\n    return (\n        1\n    )\n'
    assert list(function_sizes(ast.parse(text), text)) == [("f", 4)]


def test_tall_function_is_seen() -> None:
    """The check can fail."""
    text = "def f():\n" + "    g()\n" * (FUNCTION_LINES + 1)
    assert list(function_sizes(ast.parse(text), text)) == [("f", FUNCTION_LINES + 2)]
