"""Make a service's tables at its first start, with its own migrations, in forks: the slow imports are paid once."""

import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lab.control_plane import Service
from lab.shape_file import current_layout

_PR_SET_PDEATHSIG = 1  # prctl(2)
_FOREIGN_KEYS = "MUTUALIS_LAB_FOREIGN_KEYS"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One ``*-manage`` command: its main function, arguments, and what its environment holds more than ours."""

    main: Callable[[], object]
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)


def make_tables(service: Service, steps: tuple[Step, ...]) -> None:
    """Run the steps, unless they were all run before; half-made tables of an interrupted start are thrown away."""
    layout = current_layout()
    done = layout.tables_made(service)
    if not done.exists():
        started = time.monotonic()
        for name in service.databases:
            for suffix in ("", "-wal", "-shm"):
                layout.database(name + suffix).unlink(missing_ok=True)
        for step in steps:
            _in_fork(service.name, step)
        done.touch()
        print(f"tables made in {time.monotonic() - started:.1f} s", flush=True)
    os.environ[_FOREIGN_KEYS] = "ON"  # the migrations do not all keep them
    sys.argv = [service.name]


def _in_fork(name: str, step: Step) -> None:
    pid = os.fork()
    if pid == 0:
        _run(name, step)
    _, status = os.waitpid(pid, 0)
    if status:
        raise SystemExit(f"ERROR making the tables of {name}: {' '.join(step.arguments)} failed")


def _run(name: str, step: Step) -> None:
    """Run a step and end this process: never without its parent, or a killed service would go on making tables."""
    code = 1
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        os.environ.update(step.environment)
        sys.argv = [f"{name}-manage", *step.arguments]
        code = step.main() or 0
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else int(ending.code is not None)
    except BaseException:  # noqa: BLE001 whatever it is, it goes to the log and ends the process
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
