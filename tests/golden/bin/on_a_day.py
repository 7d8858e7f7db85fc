"""`mutualis` on 2026-06-01: what is found depends on the day (certificates, waivers, support of images)."""

from __future__ import annotations

import datetime as dt
import sys

from orchestrator.adapters.clock import SystemClock
from orchestrator.cli.main import main

SystemClock.now = lambda _: dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)  # type: ignore[method-assign]  # a fixed day
sys.argv[0] = "mutualis"
main()
