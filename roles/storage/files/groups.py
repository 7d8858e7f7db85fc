"""Volume groups of LVM from blank disks. A disk that carries anything is refused, and nothing is made then.

Reads `groups` (volume group -> list of disks with `device` and `size_gib`) from standard input; with `check` as first
argument nothing is written. Prints a line for each thing that it made, or would make.
"""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

GIB = 1 << 30
CHECKED = 1 << 20  # bytes at the beginning that must be zero: what is older than signatures leaves its marks there
NEAR = 0.9, 1.1  # makers count in powers of ten, and some hide a reserve


def said(*command):
    environment = {**os.environ, "LC_ALL": "C", "LVM_SUPPRESS_FD_WARNINGS": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"refused: `{' '.join(command)}` failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def volumes():
    """Physical volumes that there are: path behind all links -> name of its group; empty: of none."""
    found = json.loads(said("pvs", "--reportformat", "json", "-o", "pv_name,vg_name"))
    return {os.path.realpath(one["pv_name"]): one["vg_name"] for one in found["report"][0]["pv"]}


def carried(device):
    """What is on it, in words; empty: nothing that anybody knows of."""
    listed = json.loads(said("lsblk", "--json", "--output", "NAME,TYPE,MOUNTPOINTS", device))["blockdevices"][0]
    if any(listed.get("mountpoints") or ()):
        return "it is mounted"
    if listed.get("children"):
        return f"it is divided into {', '.join(one['name'] for one in listed['children'])}"
    signatures = json.loads(said("wipefs", "--json", device) or '{"signatures": []}')["signatures"]
    if signatures:
        return f"it carries {', '.join(one['type'] for one in signatures)}"
    with Path(device).open("rb") as file:
        if any(file.read(CHECKED)):
            return "its first MiB is not empty"
    return ""


def size(device):
    with Path(device).open("rb") as file:
        return file.seek(0, os.SEEK_END)


def fault(disk, group, known):
    """Why a disk may not be taken; empty: it may, or it is in its group already."""
    device = disk["device"]
    if not Path(device).exists():
        return "there is no such device"
    present = known.get(os.path.realpath(device))
    if present is not None:
        return "" if present == group else f"it is a physical volume of {present or 'no group'}"
    if not stat.S_ISBLK(Path(device).stat().st_mode):
        return "it is no block device"
    share = size(device) / (disk["size_gib"] * GIB)
    if not NEAR[0] <= share <= NEAR[1]:
        return f"it has {size(device) / GIB:.0f} GiB, the spec says {disk['size_gib']}: another disk has its name?"
    return carried(device)


def make(group, device, exists, check):
    words = ("vgextend", "--yes", group, device) if exists else ("vgcreate", "--yes", group, device)
    if not check:
        said(*words)
    print(*words[:1], group, device)


wanted = json.load(sys.stdin)["groups"]
known = volumes()
taken = [(group, disk) for group, disks in wanted.items() for disk in disks]
faults = [(disk["device"], fault(disk, group, known)) for group, disk in taken]
refused = [f"{device}: {why}" for device, why in faults if why]
if refused:
    sys.exit("refused, and nothing was changed: " + "; ".join(refused))
groups = set(known.values())
for group, disk in taken:
    if os.path.realpath(disk["device"]) not in known:
        make(group, disk["device"], group in groups, sys.argv[1:] == ["check"])
        groups.add(group)
