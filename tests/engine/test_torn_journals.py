"""kill -9 at every write of the journal, half-written lines included: the next operation recovers by itself.

Each write is cut in the middle or followed by death; with `MUTUALIS_ALL_KILLS=1` both, and death before it too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from engine_random_checks import check_nothing_is_lost_or_twice, check_settled, check_sound
from engine_random_cloud import TroubledBench
from engine_torn_child import SIZE, goal, program

CHILD = Path(__file__).parent / "engine_torn_child.py"
HOW_MANY = "all" if os.environ.get("MUTUALIS_ALL_KILLS") else "some"


def killed(start: Path, action: str) -> tuple[list[Path], list[Path]]:
    """The places where a process was killed, and those where it came to its end because there was no such write."""
    found = subprocess.run(
        [sys.executable, "-W", "ignore", str(CHILD), str(start), action, HOW_MANY],
        capture_output=True,
        text=True,
        timeout=800,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    ends = [(Path(root), code) for root, code in json.loads(found.stdout)]
    assert {code for _, code in ends} == {-9, 0}, found.stderr
    return [root for root, code in ends if code], [root for root, code in ends if code == 0]


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("action", "least"), [("up", 50), ("update", 37), ("replace", 74), ("destroy", 37)])
def test_every_write_may_be_the_last(tmp_path: Path, action: str, least: int) -> None:
    """Nothing twice, nothing lost, and one more run ends where an undisturbed one does."""
    start = tmp_path / "start"
    start.mkdir()
    bench = TroubledBench(start)
    bench.stack(program())
    if action != "up":
        bench.up(program())
    places, undisturbed = killed(start, action)
    assert len(undisturbed) == (3 if HOW_MANY == "all" else 1)
    assert len({place.name.split("-")[1] for place in places}) >= least
    for number, place in enumerate(places + undisturbed):
        check_recovery(TroubledBench(place), action, is_thorough=number % 10 == 0)


def check_recovery(bench: TroubledBench, action: str, *, is_thorough: bool) -> None:
    check_nothing_is_lost_or_twice(bench)
    wanted = goal(action)
    if action == "destroy":
        bench.stack(wanted).destroy()
        assert bench.cloud.objects() == {}
        assert bench.recorded() == {}
        assert bench.pending() == []
    else:
        bench.up(wanted)
        check_settled(bench, wanted)
        assert len(bench.cloud.objects()) == SIZE
    if is_thorough and action != "destroy":
        assert bench.preview(wanted) == {"same": SIZE + 1}
    check_sound(bench)
