"""YAML of any structure, right and wrong: lines, flows and words put together without a plan."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = st.one_of(
    st.sampled_from([
        "apiVersion", "mutualis/v1", "kind", "Tenant", "Region", "metadata", "name", "spec", "a", "b", "", "~", "null",
        "true", "no", "1", "-1", "0.5", "1e5", "1e999", "0x10", "0o7", "010", ".inf", "12:30:45", "2026-02-30", "<<",
        "=", "'x'", '"x"', '"\\u0000"', '"\\x1b"', '"\\uD800"', '"a\\\n  b"', "&a", "*a", "&a x",
        "!!map", "!!python/name:os",
        "! x", "[", "]", "{", "}", "[]", "{}", "[a, b]", "{a: b}", "{a}", "[a: b]", "? a", "|", ">-", "|+3",
        "# c", "%x", "@",
    ]),
    st.text(max_size=6),
)  # fmt: skip
FLOW = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=5).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(inner, inner), max_size=5).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        ),
    ),
    max_leaves=20,
)
STARTS = st.sampled_from(["", "", "- ", "- - ", "? ", ": ", "? - ", "--- ", "... "])


@st.composite
def lines(draw: st.DrawFn) -> bytes:
    """Up to thirty lines, each indented as it likes."""
    text = ""
    for _ in range(draw(st.integers(0, 30))):
        indent = " " * draw(st.integers(0, 6))
        key = draw(st.one_of(st.just(""), WORDS.map(lambda word: f"{word}: ")))
        text += indent + draw(STARTS) + key + draw(FLOW) + draw(st.sampled_from(["\n", "\n", "\n", "\r\n", "\n\n", ""]))
    return text.encode("utf-8", "surrogatepass")


@st.composite
def deep(draw: st.DrawFn) -> bytes:
    """One pattern very many times."""
    pattern = draw(
        st.sampled_from(["[", "{a: ", "- ", "? ", "a: [", "[[],", "{? ", "!!x [", "&a [", "'", '"\\n', "a: b\n", ": "])
    )
    return (pattern * draw(st.sampled_from([39, 40, 41, 1000, 30_000]))).encode()
