"""A guide of few rules, and answers to it, that a test reads at a glance."""

from __future__ import annotations

from orchestrator.model.audit import Guide, KnownRule, Reason, Result, Where
from orchestrator.model.site import HardeningLevel

PASSED, FAILED, LEFT_OUT = Result.PASS, Result.FAIL, Result.NOT_APPLICABLE


def rule(name: str, level: HardeningLevel = HardeningLevel.MINIMAL) -> KnownRule:
    return KnownRule(name=name, level=level, severity="medium", recommendations=("R12",), title=f"About {name}")


GUIDE = Guide(
    content="0.1.76",
    rules={
        "quality": rule("quality"),
        "telnet": rule("telnet"),
        "sysctl_kernel": rule("sysctl_kernel", HardeningLevel.INTERMEDIARY),
        "grub_mce": rule("grub_mce", HardeningLevel.INTERMEDIARY),
        "partition_home": rule("partition_home", HardeningLevel.INTERMEDIARY),
        "umask": rule("umask", HardeningLevel.ENHANCED),
    },
    reasons=(
        Reason(rules=("grub_*",), why="there is no boot loader", where=Where.CONTAINER, inapplicable=True),
        Reason(rules=("sysctl_*",), why="the kernel is its host's", where=Where.CONTAINER),
    ),
)
GOOD = {"quality": PASSED, "telnet": PASSED, "sysctl_kernel": PASSED, "grub_mce": PASSED, "partition_home": PASSED}
