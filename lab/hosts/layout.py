"""Where everything of one set of test hosts lies: in one directory, and what the kernel holds under a tag of it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from lab.directory import claim
from lab.hosts.group import Group, hierarchy

_MEANT_BY_MOUNT = frozenset(":,\\\n \"'")  # options of overlay mounts, words of ssh's configuration


@dataclass(frozen=True, slots=True)
class HostsLayout:
    """The paths of one set of test hosts below its directory."""

    root: Path

    @property
    def tag(self) -> str:
        """Eight digits that tell this directory's namespace, groups and containers from another's."""
        return hashlib.sha256(str(self.root).encode()).hexdigest()[:8]

    @property
    def guard(self) -> Path:
        return self.root / "guard"

    @property
    def definition(self) -> Path:
        return self.root / "hosts.json"

    @property
    def keys(self) -> Path:
        """Our key for logging in, and each machine's own."""
        return self.root / "keys"

    @property
    def ssh_config(self) -> Path:
        return self.root / "ssh_config"

    @property
    def known_hosts(self) -> Path:
        return self.root / "known_hosts"

    @property
    def hosts_file(self) -> Path:
        """What a visitor of the network sees as /etc/hosts."""
        return self.root / "hosts"

    @property
    def logs(self) -> Path:
        return self.root / "log"

    @property
    def trees(self) -> Path:
        """Where each machine's tree is mounted, seen by that machine alone."""
        return self.root / "trees"

    @property
    def layers(self) -> Path:
        """What machines wrote, one folder a layer, one below it a machine."""
        return self.root / "layers"

    @property
    def work(self) -> Path:
        """Where the overlay file system prepares what it writes."""
        return self.root / "work"

    @property
    def contents(self) -> tuple[Path, ...]:
        """All that test hosts write, the guard last: as long as it stands, the directory is known as theirs."""
        directories = (self.trees, self.work, self.layers, self.logs, self.keys)
        files = (self.ssh_config, self.known_hosts, self.hosts_file, self.definition, self.guard)
        return (*directories, *files)

    @property
    def namespace(self) -> Path:
        return Path(f"/run/netns/mutualis-{self.tag}")

    @property
    def group(self) -> Group:
        """All processes of these test hosts. Raises RequirementError without cgroup v2."""
        return Group(hierarchy() / f"mutualis-{self.tag}")

    def container(self, machine: str) -> str:
        """The machine's name among this computer's containers: two directories may both have a nord-1."""
        return f"{machine}-{self.tag}"

    def log_of(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def claim_root(self) -> None:
        """Make the directory, 0700; refuse one that is somebody else's, or whose path mount and ssh misread."""
        claim(self.root, self.guard, whose="test hosts'", unfit=_MEANT_BY_MOUNT, carrier="mount options")

    def make(self) -> None:
        for path in (self.keys, self.logs, self.trees, self.layers, self.work):
            path.mkdir(mode=0o700, exist_ok=True)
