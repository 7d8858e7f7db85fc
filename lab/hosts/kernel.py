"""The few system calls that Python 3.11 does not offer: other namespaces, mounts, an end together with the parent."""

import contextlib
import ctypes
import os
import signal
from collections.abc import Iterator
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)
_NEW_MOUNTS, _NEW_NETWORK = 0x00020000, 0x40000000  # CLONE_NEWNS, CLONE_NEWNET
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x40000  # MS_BIND, MS_REC, MS_PRIVATE
_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


def enter_network(namespace: Path) -> None:
    """Move this thread into a network namespace for good. Raises OSError."""
    descriptor = os.open(namespace, os.O_RDONLY | os.O_CLOEXEC)
    try:
        _call("setns", descriptor, _NEW_NETWORK)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def inside_network(namespace: Path) -> Iterator[None]:
    """Be in a network namespace for a moment: a socket that is made meanwhile stays there for ever."""
    own = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    try:
        enter_network(namespace)
        try:
            yield
        finally:
            _call("setns", own, _NEW_NETWORK)
    finally:
        os.close(own)


def own_mounts() -> None:
    """Give this process mounts of its own: what it mounts nobody else sees, and it goes when the last process goes."""
    _call("unshare", _NEW_MOUNTS)
    _call("mount", None, b"/", None, _RECURSIVE | _PRIVATE, None)


def mount_overlay(*, lower: tuple[Path, ...], upper: Path, work: Path, target: Path) -> None:
    """Mount layers, the topmost of ``lower`` first; nothing is synced to disk, for the trees are thrown away."""
    layers = ":".join(map(str, lower))
    options = f"lowerdir={layers},upperdir={upper},workdir={work},volatile"
    _call("mount", b"overlay", bytes(target), b"overlay", 0, options.encode())


def mount_file(source: Path, target: Path) -> None:
    """Show ``source`` where ``target`` stands."""
    _call("mount", bytes(source), bytes(target), None, _BIND, None)


def end_with_parent() -> None:
    """Have the kernel kill this process, and what it becomes by exec, when its parent ends."""
    _call("prctl", _SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def _call(name: str, *arguments: object) -> None:
    if getattr(_LIBC, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
