"""What a host's scanner says is read as text of a known form, whoever wrote it."""

from __future__ import annotations

from orchestrator.adapters.hosts_ansible.scanner_answer import RULES, scanner_answer
from orchestrator.model.audit import Result

RULE = "xccdf_org.ssgproject.content_rule_"


def test_an_answer_is_read() -> None:
    """What the machine is, and each rule's result."""
    text = f"container:none\ncontent:0.1.76-1\nscanner:1.4.2+dfsg-1\n{RULE}a_b:pass\n{RULE}c-d:fail\n{RULE}e:error\n"
    found = scanner_answer(text)
    assert (found.container, found.content, found.scanner) == (False, "0.1.76-1", "1.4.2+dfsg-1")
    assert found.results == {"a_b": Result.PASS, "c-d": Result.FAIL, "e": Result.UNKNOWN}


def test_a_container_says_so() -> None:
    """By the name of what runs it."""
    assert scanner_answer("container:systemd-nspawn\n").container


def test_other_lines_say_nothing() -> None:
    """Markup, controls and long names are passed over; what was said first counts."""
    hostile = (
        '<!DOCTYPE x [<!ENTITY a "aaaa">]>',
        f"{RULE}a:pass\x1b[31m",
        f"{RULE}{'a' * 200}:pass",
        f"{RULE}../etc:pass",
        "content:$(reboot)",
        f"{RULE}a:fail",
        f"{RULE}a:pass",
    )
    found = scanner_answer("\n".join(hostile))
    assert found.results == {"a": Result.FAIL}
    assert found.content == ""


def test_an_answer_without_end_is_cut() -> None:
    """So many rules, and no more."""
    text = "".join(f"{RULE}r{number}:pass\n" for number in range(3 * RULES))
    assert len(scanner_answer(text).results) == RULES
    assert scanner_answer("x" * 10_000_000).results == {}
