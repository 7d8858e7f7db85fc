"""What test hosts leave, or must not leave, on the computer that carries them: read from the kernel, not from us."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from lab.hosts.layout import HostsLayout

_KEPT_BY_CONTAINERS = (Path("/run/systemd/nspawn/propagate"), Path("/run/systemd/nspawn/unix-export"))


def traces_of(layout: HostsLayout, namespace: int = 0) -> list[str]:
    """Return processes, groups, mounts and namespaces that belong to a directory; ``namespace`` is the inode it had."""
    return sorted([*_processes(layout, namespace), *_groups(layout), *_mounts(layout), *_names(layout)])


def inode_of_network(layout: HostsLayout) -> int:
    return layout.namespace.stat().st_ino


def _processes(layout: HostsLayout, namespace: int) -> Iterator[str]:
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            with suppress(OSError):
                ours = f"mutualis-{layout.tag}" in (process / "cgroup").read_text(encoding="ascii")
                ours = ours or (namespace and (process / "ns/net").stat().st_ino == namespace)
                if ours and (process / "cmdline").read_bytes():  # the dead have none
                    yield f"process {process.name} {(process / 'comm').read_text(encoding='ascii').strip()}"


def _groups(layout: HostsLayout) -> Iterator[str]:
    for here, names, _ in os.walk("/sys/fs/cgroup"):
        yield from (f"{here}/{name}" for name in names if layout.tag in name)


def _mounts(layout: HostsLayout) -> Iterator[str]:
    for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines():
        if str(layout.root) in line or layout.tag in line:
            yield f"mount {line}"


def _names(layout: HostsLayout) -> Iterator[str]:
    if layout.namespace.exists():
        yield f"namespace {layout.namespace}"
    for folder in _KEPT_BY_CONTAINERS:
        if folder.exists():
            yield from (f"folder {path}" for path in folder.iterdir() if layout.tag in path.name)
