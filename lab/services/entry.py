"""Start one service in the background: ``python -P entry.py DIRECTORY SERVICE``.

Ends with 0 as soon as the service has its own process and pid file (or had one before), with 1 if that failed.
Only this package is put within reach of OpenStack's Python, not what else lies beside it.
"""

import fcntl
import importlib.util
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lab.control_plane import Service
    from lab.layout import Layout

_GIVING_UP = 1  # seconds that a killed predecessor may take to end wholly
_SWITCH_SECONDS = 0.02  # SQLite gives up Python's lock at each row: fewer, longer turns halve the CPU time under load


def main(directory: str, name: str) -> int:
    _make_package_importable()
    from lab.control_plane import service_named
    from lab.layout import Layout
    from lab.waiting import wait_until

    layout, service = Layout(Path(directory)), service_named(name)
    claim = os.open(layout.claim_file(service), os.O_RDWR | os.O_CREAT, 0o600)
    if not wait_until(lambda: _claimed(claim), seconds=_GIVING_UP):
        return 0  # it lives already, or is being started: its own starter waits for its pid file
    return _in_background(layout, service)


def _claimed(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _make_package_importable() -> None:
    home = Path(__file__).resolve().parent.parent
    spec = importlib.util.spec_from_file_location("lab", home / "__init__.py", submodule_search_locations=[str(home)])
    package = importlib.util.module_from_spec(spec)
    sys.modules["lab"] = package
    spec.loader.exec_module(package)


def _in_background(layout: "Layout", service: "Service") -> int:
    """Fork; the child becomes the service, the parent waits until the child's pid file stands."""
    reading, writing = os.pipe()
    if os.fork():
        os.close(writing)
        return 0 if os.read(reading, 1) else 1
    os.close(reading)
    os.setsid()
    from lab.process import write_pid_file

    write_pid_file(layout.pid_file(service), os.getpid())
    os.write(writing, b".")
    os.close(writing)
    _become(layout, service)
    return 1


def _become(layout: "Layout", service: "Service") -> None:
    """Serve for ever. Threads must not keep a failed service half alive, so a failure ends the process at once."""
    try:
        sys.setswitchinterval(_SWITCH_SECONDS)
        os.chdir(layout.root)
        importlib.import_module(f"lab.services.{service.name}").run()
    except BaseException:  # noqa: BLE001 whatever it is, it goes to the log and ends the process
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
