"""Has auditd record who starts a program that runs with another's rights: $1 is `tell` or `make`.

Which ones there are, only the machine knows, and packages change it. A program that another file of rules names already
is left to it: the kernel takes a rule once, and auditctl stops at the second. Prints a line for each rule that comes or
goes, and nothing when all is right.
"""

import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path("/etc/audit/rules.d")
OWN = FOLDER / "55-region-privileged.rules"
HEAD = "# Ansible managed: made on this machine from what stands there; what is changed here by hand is lost\n"
RULE = "-a always,exit -F path={} -F perm=x -F auid>=1000 -F auid!=unset -F key=privileged\n"
LASTING = "ext2,ext3,ext4,xfs,btrfs,overlay"  # kinds of file systems that keep what is written


def said(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def places():
    """Where a file may give its owner's rights to who starts it."""
    for line in said("findmnt", "--noheadings", "--raw", "--types", LASTING, "--output", "TARGET,OPTIONS").splitlines():
        place, _, options = line.rpartition(" ")
        if not {"nosuid", "noexec"} & set(options.split(",")):
            yield re.sub(r"\\x([0-9a-f]{2})", lambda code: chr(int(code[1], 16)), place)


def programs():
    """A rule cannot name a path with a space; no package has one."""
    found = set()
    for place in places():
        found |= set(said("find", place, "-xdev", "-type", "f", "-perm", "/6000", "-print0").split("\0"))
    return sorted(path for path in found if path and not re.search(r"\s", path))


def told_elsewhere():
    others = (path.read_text("utf-8") for path in FOLDER.glob("*.rules") if path != OWN)
    return {path for text in others for path in re.findall(r"^-a always,exit .*-F path=(\S+)", text, re.MULTILINE)}


elsewhere = told_elsewhere()
wanted = HEAD + "".join(RULE.format(path) for path in programs() if path not in elsewhere)
present = OWN.read_text("utf-8") if OWN.exists() else ""
for line in sorted(set(wanted.splitlines()) ^ set(present.splitlines())):
    print("-" if line in present else "+", line)
if wanted != present and sys.argv[1] == "make":
    OWN.write_text(wanted, "utf-8")
    OWN.chmod(0o640)
