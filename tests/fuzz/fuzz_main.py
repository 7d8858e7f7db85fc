"""Fuzz the loader and the whole of validation, in a process whose memory and time are bounded.

    PYTHONPATH=tests/plugins python tests/fuzz/fuzz_main.py [--examples 1000] [--target NAME]... [--random] [--mib 1024]

Prints what failed and the smallest input that does it; exit 0 when nothing did. Without --random each run is the same.
"""

from __future__ import annotations

import argparse
import json
import resource
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from fuzz_bytes import mutated
from fuzz_region import check_load, check_region, region_of
from fuzz_schema import documents
from fuzz_yaml import deep, lines
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SECONDS = 60
"""Of processor time for one input: a hang, not a slow machine."""
FOLDER = Path(tempfile.gettempdir())


def load_bytes(content: bytes) -> None:
    check_load(content)


def judge_bytes(content: bytes) -> None:
    """One file of the region is broken, or one more stands there."""
    for name in ("member", "more"):
        with region_of(FOLDER / "region", **{name: content}) as folder:
            check_region(folder)


def judge_documents(files: dict[str, Any]) -> None:
    """Made-up documents in the place of the base region's, and beside them."""
    written = {name: json.dumps(one, ensure_ascii=False).encode() for name, one in files.items()}
    with region_of(FOLDER / "region", **written) as folder:
        check_region(folder)


KINDS = {
    "tenant-0": "Tenant", "tenant-1": "Tenant", "catalogue": "Catalogue", "region": "Region", "north": "Site",
    "host-1": "Host", "host-2": "Host", "waiver": "Waiver",
}  # fmt: skip
"""File without suffix, which is also the name of its object -> kind."""
TARGETS: dict[str, Callable[..., Any]] = {
    "bytes": given(mutated())(load_bytes),
    "yaml": given(st.one_of(lines(), lines(), lines(), deep()))(load_bytes),
    "region": given(st.one_of(mutated(), lines()))(judge_bytes),
    "documents": given(
        st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=3, unique=True).flatmap(
            lambda names: st.fixed_dictionaries({name: documents(KINDS[name], name) for name in names})
        )
    )(judge_documents),
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--examples", type=int, default=1000, help="inputs for each target")
    options.add_argument("--target", action="append", choices=sorted(TARGETS), help="[default: all]")
    options.add_argument("--random", action="store_true", help="other inputs each time")
    options.add_argument("--mib", type=int, default=1024, help="address space that the process may have")
    given_options = options.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (given_options.mib << 20, given_options.mib << 20))
    signal.signal(signal.SIGVTALRM, _hang)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        globals()["FOLDER"] = Path(folder)
        for name in given_options.target or TARGETS:
            _run(TARGETS[name], given_options.examples, random=given_options.random)
            sys.stdout.write(f"{name}: {given_options.examples} inputs\n")
            sys.stdout.flush()


def _run(target: Callable[..., Any], examples: int, *, random: bool) -> None:
    inner = target.hypothesis.inner_test  # type: ignore[attr-defined]  # hypothesis says so in its documentation

    def watched(*arguments: Any, **named: Any) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            inner(*arguments, **named)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    target.hypothesis.inner_test = watched  # type: ignore[attr-defined]  # the same
    settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=not random,
        suppress_health_check=list(HealthCheck),
    )(target)()


def _hang(_signal: int, _frame: FrameType | None) -> None:
    raise AssertionError(f"one input took more than {SECONDS} s of processor time")


if __name__ == "__main__":
    main()
