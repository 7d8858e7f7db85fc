"""Benchmarks are programs, not a package: what they share is found by name, as it is when they run."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[3] / "benchmarks"))
