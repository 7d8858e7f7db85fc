"""Where Debian's packages come from: the sources that this machine's own apt is told, and nothing else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lab.hosts.commands import run
from lab.hosts.errors import RequirementError

APT = Path("/etc/apt")
_RELEASES = {"bookworm", "trixie", "forky", "sid", "stable", "oldstable", "testing", "unstable"}
_ONE_LINE = re.compile(r"^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)((?:\s+\S+)*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The archive's URL and that of security updates ("" if this machine has none), without a slash at the end.

    ``proxies``: scheme -> proxy that this machine's apt uses.
    """

    archive: str
    security: str
    proxies: tuple[tuple[str, str], ...] = ()

    def url_of(self, path: str) -> str | None:
        """Return where a mirror's path (``/debian/pool/...``) is really fetched; None if it is no path of Debian's."""
        _, found, rest = path.partition("/debian-security/")
        if found and self.security:
            return f"{self.security}/{rest}"
        _, found, rest = path.partition("/debian/")
        return f"{self.archive}/{rest}" if found else None


def read_sources(apt: Path = APT) -> Sources:
    """Read apt's own lists of sources, old and new form; RequirementError if no Debian archive is among them."""
    found = {suite: url for url, suite in _entries(apt)}
    archive = next((url for suite, url in found.items() if suite in _RELEASES), None)
    if archive is None:
        raise RequirementError(
            what="apt knows no archive of Debian",
            where=str(apt / "sources.list"),
            what_to_do="use a Debian machine, or name Debian's archive in /etc/apt/sources.list.d/",
        )
    security = next((url for suite, url in found.items() if suite.endswith("-security")), "")
    return Sources(archive=archive, security=security, proxies=tuple(_proxies()))


def _entries(apt: Path) -> Iterator[tuple[str, str]]:
    """Yield (URL, suite) of every binary source with component main."""
    folder = apt / "sources.list.d"
    for path in (apt / "sources.list", *sorted(folder.glob("*.list"))):
        if path.is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                if (match := _ONE_LINE.match(line)) and "main" in match[3].split():
                    yield match[1].rstrip("/"), match[2]
    for path in sorted(folder.glob("*.sources")):
        for stanza in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
            yield from _of_stanza(stanza)


def _of_stanza(stanza: str) -> Iterator[tuple[str, str]]:
    lines = [line for line in stanza.splitlines() if not line.startswith("#")]
    fields: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        if line[:1].isspace():
            fields[name] = fields.get(name, []) + line.split()
        else:
            name, _, value = line.partition(":")
            name = name.strip().lower()
            fields[name] = value.split()
    if "deb" in fields.get("types", []) and "main" in fields.get("components", []) and fields.get("enabled") != ["no"]:
        for url in fields.get("uris", []):
            for suite in fields.get("suites", []):
                yield url.rstrip("/"), suite


def _proxies() -> Iterator[tuple[str, str]]:
    for scheme in ("http", "https"):
        told = run("apt-config", "shell", "proxy", f"Acquire::{scheme}::Proxy", what_to_do="see that apt works")
        if (match := re.match(r"proxy='(.+)'", told)) and match[1] != "DIRECT":
            yield scheme, match[1]
