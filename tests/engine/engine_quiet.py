"""What tests printed, without what gRPC says of its own connections: a slow machine makes it remark on them."""

from __future__ import annotations

import re

import pytest

REMARK = re.compile(
    r"^(?:[IWEF]\d{4} .*\.(?:cc|h|c):\d+\] .*|WARNING: All log messages before absl::.*)\n?", re.MULTILINE
)
"""A line of its logging library: severity and date, the source file it comes from, the text."""


def printed(capfd: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """Standard output and standard error since the last look."""
    found = capfd.readouterr()
    return found.out, REMARK.sub("", found.err)
