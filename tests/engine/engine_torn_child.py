"""Processes that are killed at a write of the journal: `engine_torn_child.py START ACTION all|some`.

START is copied for each; the children are forked from this process, which has loaded everything and started
nothing. `some`: one way of dying a write instead of all. Prints for each the copy and how its process ended
(-9: killed).
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from engine_bench import PASSPHRASE
from engine_random_cloud import TroubledBench
from engine_random_programs import Item, RandomProgram
from pulumi import automation as auto

from orchestrator.engine.backend.secrets import unlock

BEFORE, TORN, AFTER = MODES = ("before", "torn", "after")
SIZE = 12


def program(*, value: int = 0, mold: int = 0) -> RandomProgram:
    """Twelve things on four floors; those with a name are deleted before they are replaced, the others after."""
    made = RandomProgram()
    for number in range(SIZE):
        below = f"l{(number - 1) // 3}" if number else ""
        item = Item(
            label=f"l{number}",
            name=f"r{number}",
            is_named=number % 2 == 0,
            value=value,
            mold=mold,
            base=below if number % 3 else "",
            friend="" if number % 3 else below,
            echo=below,
            holds_secret=number == SIZE - 1,
        )
        made.items = (*made.items, item)
    return made


def goal(action: str) -> RandomProgram:
    """What the program says while the action runs."""
    return program(value=1) if action == "update" else program(mold=1) if action == "replace" else program()


def main() -> None:
    start, action, is_all = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "all"
    for settings in (start / "work" / "acme").glob("Pulumi.acme.yaml"):
        unlock(PASSPHRASE, settings.read_text().split(": ", 1)[1].strip())  # the key is derived once for all
    ends: list[tuple[str, int]] = []
    for number in count(1):
        for mode in MODES if is_all else (TORN, AFTER)[number % 2 :][:1]:
            root = start.with_name(f"{action}-{number}-{mode}")
            shutil.copytree(start, root)
            ends.append((str(root), _forked(root, action, number, mode)))
        if ends[-1][1] == 0:
            break
    sys.stdout.write(json.dumps(ends))


def _forked(root: Path, action: str, number: int, mode: str) -> int:
    child = os.fork()
    if child == 0:
        _die_at(number, mode)
        os._exit(_work(root, action))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _die_at(number: int, mode: str) -> None:
    """From now on the write of this number into a journal is the last thing that the process does."""
    write, written = os.write, count(1)

    def line(descriptor: int, data: bytes) -> int:
        is_last = Path(f"/proc/self/fd/{descriptor}").readlink().suffix == ".journal" and next(written) == number
        if is_last and mode != BEFORE:
            write(descriptor, bytes(data)[: len(data) // 2] if mode == TORN else data)
        if is_last:
            os.kill(os.getpid(), signal.SIGKILL)
        return write(descriptor, data)

    os.write = line  # type: ignore[assignment]  # the process ends with it


def _work(root: Path, action: str) -> int:
    stack = TroubledBench(root).stack(goal(action))
    try:
        if action == "destroy":
            stack.destroy(parallel=4)
        else:
            stack.up(parallel=4)
    except auto.CommandError as error:
        sys.stderr.write(str(error))
        return 1
    return 0


if __name__ == "__main__":
    main()
