"""Takes owners and rights away that BP-028 does not leave: $1 is `tell` or `make`, $2 names the parts (a,b).

Prints one line for each file that is otherwise, and nothing when all is right. A right is never given, but the sticky
bit. Homes belong to people: nothing there is followed out of them.
"""

import os
import pwd
import stat
import sys
from contextlib import suppress
from pathlib import Path

MAKE = sys.argv[1] == "make"
SENSITIVE = (  # where, most rights
    ("/etc", "sudoers", 0o440),
    ("/etc", "sudoers.d", 0o750),
    ("/etc", "sysctl.d", 0o755),
    ("/etc", "selinux", 0o755),
    ("/etc", "iptables", 0o700),
    ("/etc", "nftables", 0o700),
    ("/etc", "ipsec.d", 0o700),
    ("/etc", "ipsec.conf", 0o644),
    ("/etc", "ipsec.secrets", 0o644),
    ("/etc", "crypttab", 0o600),
    ("/etc", "group", 0o644),
    ("/etc", "passwd", 0o644),
    ("/etc", "shells", 0o644),
    ("/etc", "gshadow", 0o640),
    ("/etc", "shadow", 0o640),
    ("/etc/ssh", "sshd_config", 0o600),
    ("/etc/ssh", "*_key", 0o600),
    ("/etc/ssh", "*.pub", 0o644),
)
BOOT = (("/boot", "System.map*", 0o600), ("/boot/grub", "grub.cfg", 0o600), ("/boot/grub", "user.cfg", 0o600))
HOME = 0o750
INIT = 0o740
INIT_FILES = {".bashrc", ".zshrc", ".cshrc", ".profile", ".bash_login", ".bash_profile"}
PEOPLE = range(1000, 60001)  # login.defs of Debian: services that have a higher number are no people
NO_SHELL = ("/nologin", "/false")
LASTING = {"ext4", "xfs", "btrfs", "overlay"}  # kinds of file systems that keep what is written


def listed(table):
    for folder, pattern, most in table:
        for path in sorted(Path(folder).glob(pattern)):
            alone(path, most, owner=0)


def homes():
    for person in pwd.getpwall():
        if person.pw_uid in PEOPLE and not person.pw_shell.endswith(NO_SHELL) and Path(person.pw_dir).is_dir():
            theirs = {"owner": person.pw_uid, "group": person.pw_gid}
            alone(Path(person.pw_dir), HOME, **theirs)
            for folder, folders, files, within in os.fwalk(person.pw_dir):
                for name in sorted(folders + files):
                    corrected(name, within, folder, INIT if name in INIT_FILES else 0o7777 & ~0o7027, **theirs)


def alone(path, most, **wanted):
    """A file whose folder is root's."""
    with suppress(OSError):
        within = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            corrected(path.name, within, path.parent, most, **wanted)
        finally:
            os.close(within)


def corrected(name, within, folder, most, owner=None, group=None, add=0):
    """Through descriptors alone, so that nobody puts a link in the place of what was looked at."""
    with suppress(OSError):
        found = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=within)
        try:
            correct(found, Path(folder, name), most, owner, group, add)
        finally:
            os.close(found)


def correct(found, path, most, owner, group, add):
    have = os.fstat(found)
    if not (stat.S_ISDIR(have.st_mode) or (stat.S_ISREG(have.st_mode) and have.st_nlink == 1)):
        return
    mode = stat.S_IMODE(have.st_mode)
    right = mode & most | add
    owned = (have.st_uid if owner is None else owner, have.st_gid if group is None else group)
    if owned != (have.st_uid, have.st_gid):
        print(f"{path}: {owned[0]}:{owned[1]} instead of {have.st_uid}:{have.st_gid}")
        if MAKE:
            os.fchown(found, *owned)
    if right != mode:
        print(f"{path}: {right:04o} instead of {mode:04o}")
        if MAKE:
            os.fchmod(found, right)


def writable():
    """What everybody may write: folders get the sticky bit, files lose the right."""
    for place in lasting():
        own = Path(place).stat().st_dev
        for folder, folders, files, within in os.fwalk(place):
            modes = {name: looked_at(name, within) for name in folders + files}
            folders[:] = [name for name in folders if modes[name] and modes[name].st_dev == own]
            for name, about in modes.items():
                if about and about.st_mode & stat.S_IWOTH and not stat.S_ISLNK(about.st_mode):
                    is_folder = stat.S_ISDIR(about.st_mode)
                    most, add = (0o7777, stat.S_ISVTX) if is_folder else (0o7775, 0)
                    corrected(name, within, folder, most, add=add)


def lasting():
    lines = Path("/proc/self/mountinfo").read_text("utf-8").splitlines()
    found = {line.split()[4] for line in lines if line.partition(" - ")[2].split()[0] in LASTING}
    return sorted(place for place in found if Path(place).is_dir() and not place.startswith("/var/lib/"))


def looked_at(name, within):
    with suppress(OSError):
        return os.lstat(name, dir_fd=within)
    return None


PARTS = {"sensitive": lambda: listed(SENSITIVE), "boot": lambda: listed(BOOT), "homes": homes, "writable": writable}
for part in sys.argv[2].split(","):
    PARTS[part]()
