"""Valid files with a few bytes changed: what editors, merges and transfers do to them, and worse."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
FILES = tuple(
    path.read_bytes()
    for folder in ("inventory/demo", "tests/examples/base", "tests/examples/valid")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
)
PIECES = st.one_of(
    st.binary(min_size=1, max_size=4),
    st.sampled_from([
        b"\n", b"\r\n", b"\r", b"\t", b"  ", b"- ", b": ", b":", b"? ", b"[", b"]", b"{", b"}", b",", b"#", b" #",
        b"&a ", b"*a", b"!", b"!!str ", b"|", b">", b"|-2\n", b"'", b'"', b"\\", b'"\\x00"', b'"\\ud800"',
        b"%YAML 1.1\n", b"---\n",
        b"...\n", b"<<: ", b"@", b"`", b"~", b"null", b"true", b"NO", b"0o17", b"0x1F", b"1e400", b"-0",
        b".inf", b".nan",
        b"2026-01-01", b"9" * 40, b"\x00", b"\x85", "\u2028".encode(), "\ufeff".encode(), "\u202e".encode(),
        b"\xff\xfe",
        b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", "\u0430".encode(), "\U0001f600".encode(), b"a" * 5000,
    ]),
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A valid file with up to six pieces put in, taken out, doubled or written over."""
    content = draw(st.sampled_from(FILES))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content)))
        length = draw(st.sampled_from([0, 0, 1, 2, 5, 40, 400]))
        piece = draw(st.one_of(PIECES, st.just(b""), st.just(content[at : at + length] * 2)))
        content = content[:at] + piece + content[at + length :]
    return content
