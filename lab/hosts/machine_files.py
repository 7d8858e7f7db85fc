"""What a machine has of its own before it starts for the first time: name, address, keys, the way to packages.

Written into its layer, below the feet of no running machine, and never again: afterwards the files are the machine's.
"""

import os
import shutil
from pathlib import Path

from lab.hosts.access import USER_KEY, hosts_lines, public_key
from lab.hosts.base_tree import LOGIN
from lab.hosts.layout import HostsLayout
from lab.hosts.package_cache import PORT
from lab.hosts.shape import HostsShape, Machine

_LAST = Path("etc/hostname")  # says that all the others are there
_KNOCKED_AT = """\
# Whoever knocks often without logging in is turned away for a while (OpenSSH from 9.8 on). All of the lab come from one
# address, and knocking is how readiness is seen.
PerSourcePenalties no
"""
_CARDS = """\
[Unit]
Description=Make virtual network cards behave as real ones
DefaultDependencies=no
Before=network-pre.target systemd-networkd.service
Wants=network-pre.target
[Service]
Type=oneshot
{commands}
[Install]
WantedBy=sysinit.target
"""


def write_machine_files(layout: HostsLayout, shape: HostsShape, machine: Machine, layer: Path, base: Path) -> None:
    """Write the files into ``layer``. Interrupted, it can be done again."""
    files = _files(layout, shape, machine)
    for name, (text, mode) in files.items():
        path = layer / name
        _make_parents(path, layer, base)
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        if name.startswith(f"home/{LOGIN}"):
            owner = (base / "home" / LOGIN).stat()
            os.chown(path.parent, owner.st_uid, owner.st_gid)
            os.chown(path, owner.st_uid, owner.st_gid)
    wanted = layer / "etc/systemd/system/sysinit.target.wants/lab-cards.service"
    _make_parents(wanted, layer, base)
    wanted.unlink(missing_ok=True)
    wanted.symlink_to("/etc/systemd/system/lab-cards.service")
    (layer / _LAST).write_text(f"{machine.name}\n", encoding="ascii")


def has_machine_files(layers: tuple[Path, ...]) -> bool:
    return any((layer / _LAST).exists() for layer in layers)


def _files(layout: HostsLayout, shape: HostsShape, machine: Machine) -> dict[str, tuple[str, int]]:
    key = public_key(layout, USER_KEY)
    nic = machine.nics[0].name
    return {
        "etc/hosts": (hosts_lines(shape), 0o644),
        f"etc/systemd/network/10-{nic}.network": (
            f"[Match]\nName={nic}\n\n[Network]\nAddress={machine.address}\nLinkLocalAddressing=no\n",
            0o644,
        ),
        "etc/systemd/system/lab-cards.service": (_cards(machine), 0o644),
        "etc/apt/apt.conf.d/00lab-cache": (f'Acquire::http::Proxy "http://{shape.cache_address.ip}:{PORT}";\n', 0o644),
        "etc/ssh/sshd_config.d/00-lab.conf": (_KNOCKED_AT, 0o644),
        "etc/ssh/ssh_host_ed25519_key": ((layout.keys / machine.name).read_text(encoding="ascii"), 0o600),
        "etc/ssh/ssh_host_ed25519_key.pub": (public_key(layout, machine.name), 0o644),
        "root/.ssh/authorized_keys": (key, 0o600),
        f"home/{LOGIN}/.ssh/authorized_keys": (key, 0o600),
    }


def _cards(machine: Machine) -> str:
    """Hardware addresses; and checksums, which a virtual card leaves to hardware that it has not.

    Open vSwitch's own data path believes it, so that TCP over a tunnel would hang though ping works.
    """
    commands = [
        *(f"/usr/bin/ip link set {nic.name} address {nic.mac}" for nic in machine.nics if nic.mac),
        *(f"/usr/sbin/ethtool -K {nic.name} tx off" for nic in machine.nics[1:]),
    ]
    return _CARDS.format(commands="\n".join(f"ExecStart={command}" for command in commands or ["/bin/true"]))


def _make_parents(path: Path, layer: Path, base: Path) -> None:
    """Make the folders above with mode and owner of the base tree's: a folder of the upper layer hides the lower's."""
    for folder in reversed(path.relative_to(layer).parents):
        here, below = layer / folder, base / folder
        if not here.exists() or folder == Path():
            here.mkdir(mode=0o700, parents=True, exist_ok=True)
            if below.exists():
                shutil.copystat(below, here)
                os.chown(here, below.stat().st_uid, below.stat().st_gid)
