"""What a task would change is a unified diff, of whatever form the module gives."""

from __future__ import annotations

from typing import Any

import pytest

from orchestrator.adapters.hosts_ansible.diffs import LINES, unified


@pytest.mark.parametrize(
    ("diff", "lines"),
    [
        (
            {"before": "a\nb\n", "after": "a\nc\n", "before_header": "/etc/x", "after_header": "/etc/x.j2"},
            ["--- /etc/x", "+++ /etc/x.j2", "@@ -1,2 +1,2 @@", " a", "-b", "+c"],
        ),
        (
            {"before": {"mode": "0644"}, "after": {"mode": "0600"}},
            ["--- before", "+++ after", "@@ -1,3 +1,3 @@", " {", '-  "mode": "0644"', '+  "mode": "0600"', " }"],
        ),
        ({"prepared": "+ nova-api\n"}, ["+ nova-api"]),
        ({"src_binary": True, "before": "", "after": ""}, ["a file that is no text differs"]),
        ({"dst_larger": 104448}, ["a file of more than 104448 bytes differs"]),
        ([{"before": "", "after": "x"}, {}], ["--- before", "+++ after", "@@ -0,0 +1 @@", "+x"]),
        (None, []),
    ],
    ids=["text", "data", "prepared", "no text", "large", "several", "none"],
)
def test_forms(diff: Any, lines: list[str]) -> None:
    """Text, data, what a module prepared; what cannot be shown is told."""
    assert unified({"changed": True, "diff": diff}).splitlines() == lines


def test_items_of_a_loop_show_theirs() -> None:
    """Those that changed."""
    items = [
        {"changed": True, "diff": {"before": "", "after": "x"}},
        {"changed": False, "diff": {"before": "", "after": "y"}},
        "squashed",
    ]
    assert unified({"results": items}).splitlines()[-1] == "+x"


def test_a_long_one_is_cut() -> None:
    """And says by how much."""
    shown = unified({"diff": {"before": "", "after": "x\n" * 1000}}).splitlines()
    assert (len(shown), shown[-1]) == (LINES + 1, "... 803 more lines")
