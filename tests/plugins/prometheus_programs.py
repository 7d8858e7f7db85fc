"""Where `prometheus` and `promtool` are on this machine: what scripts/lib/prometheus.sh found or fetched."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

WHERE_ELSE = "scripts/test.sh unit fetches Debian's package without installing it, or install `prometheus`"


def program(name: str) -> Path:
    """`prometheus` or `promtool`: named, on PATH, or unpacked. Raises RuntimeError: a test without it fails."""
    named = os.environ.get("MUTUALIS_PROMETHEUS")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "mutualis/prometheus/usr/bin")
    on_path = shutil.which(name)
    places = [Path(named, name)] if named else [*([Path(on_path)] if on_path else []), cache / name]
    for place in places:
        if os.access(place, os.X_OK):
            return place
    raise RuntimeError(f"there is no {name} on this machine: {WHERE_ELSE}")
