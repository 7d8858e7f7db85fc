"""Where packages come from is what this computer's apt is told, in either of its forms."""

from pathlib import Path

import pytest

from lab.hosts.base_tree import source_lines
from lab.hosts.errors import RequirementError
from lab.hosts.sources import Sources, read_sources

NEW = """\
# the archive
Types: deb deb-src
URIs: https://mirror.example/debian/
Suites: bookworm bookworm-updates
Components: main
 contrib

Types: deb
URIs: https://security.example/debian-security
Suites: bookworm-security
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: sid
Components: main
"""
OLD = """\
deb-src http://source.example/debian bookworm main
deb [signed-by=/a/b.gpg] http://other.example/node nodistro main
deb [arch=amd64] http://mirror.example/debian bookworm main non-free-firmware
deb http://security.example/debian-security/ bookworm-security main
"""


@pytest.mark.parametrize(("name", "text"), [("debian.sources", NEW), ("debian.list", OLD)])
def test_both_forms_of_sources_are_read(tmp_path: Path, name: str, text: str) -> None:
    """Third parties, sources of sources and what is switched off are passed over."""
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list.d" / name).write_text(text, encoding="utf-8")
    sources = read_sources(tmp_path)
    assert sources.archive.partition("://")[2] == "mirror.example/debian"
    assert sources.security.partition("://")[2] == "security.example/debian-security"


def test_computer_without_debian_is_told(tmp_path: Path) -> None:
    """Another distribution has packages, but not these."""
    (tmp_path / "sources.list").write_text("deb http://archive.example/ubuntu noble main\n", encoding="utf-8")
    with pytest.raises(RequirementError, match="no archive of Debian"):
        read_sources(tmp_path)


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/debian/pool/main/t/tree/tree_2.deb", "https://a.example/mirror/pool/main/t/tree/tree_2.deb"),
        ("/any/where/debian/dists/trixie/InRelease", "https://a.example/mirror/dists/trixie/InRelease"),
        ("/debian-security/dists/trixie-security/InRelease", "https://s.example/dists/trixie-security/InRelease"),
        ("/ubuntu/pool/x", None),
        ("/", None),
    ],
)
def test_any_mirrors_path_is_fetched_from_ours(path: str, url: str | None) -> None:
    """Whatever the mirror that a machine was told; what is not Debian's has no answer."""
    assert Sources(archive="https://a.example/mirror", security="https://s.example").url_of(path) == url


def test_machines_are_told_plain_http() -> None:
    """The cache is in between: it speaks TLS to the archive, and apt verifies signatures."""
    lines = source_lines(Sources(archive="https://a.example/mirror", security=""))
    assert lines == ("deb http://a.example/debian trixie main", "deb http://a.example/debian trixie-updates main")
