"""Processes that are killed before a write of the journal: `engine_journal_child.py ACTION`, until one is not.

Reads `ROOT URL` lines, one for each process to come ("-": files), so that each works on a copy of its own. The
children are forked from this process, which has loaded everything. Prints how each ended (-9: killed).
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from engine_bench import PASSPHRASE, Bench
from engine_crash_child import first, second
from engine_postgres import PostgresBench

from orchestrator.engine.backend.file_lines import FileLines
from orchestrator.engine.backend.postgres_lines import PostgresLines
from orchestrator.engine.backend.secrets import unlock

Flush = Callable[[FileLines | PostgresLines], None]


def main() -> None:
    action = sys.argv[1]
    ends = []
    unlock(PASSPHRASE, os.environ["SALT"])  # the key is derived once for all
    for kill_at, line in enumerate(sys.stdin, 1):
        root, url = line.split()
        child = os.fork()
        if child == 0:
            _die_at(kill_at)
            _work(Path(root), url, action)
            os._exit(0)
        ends.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        if ends[-1] == 0:
            break
    sys.stdout.write(json.dumps(ends))


def _die_at(number: int) -> None:
    left = number

    def mortal(flush: Flush) -> Flush:
        def flush_or_die(lines: FileLines | PostgresLines) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            flush(lines)

        return flush_or_die

    FileLines.flush = mortal(FileLines.flush)  # type: ignore[method-assign]
    PostgresLines.flush = mortal(PostgresLines.flush)  # type: ignore[method-assign]


def _work(root: Path, url: str, action: str) -> None:
    bench = Bench(root) if url == "-" else PostgresBench(root, url)
    stack = bench.stack(second if action == "change" else first)
    if action == "destroy":
        stack.destroy(parallel=1)
    else:
        stack.up(parallel=1)


if __name__ == "__main__":
    main()
