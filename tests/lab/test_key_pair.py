"""Key pairs of the test hosts."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_ssh_private_key

from lab.hosts.key_pair import make_key_pair


@pytest.fixture
def private(tmp_path: Path) -> Path:
    path = tmp_path / "one"
    make_key_pair(path)
    return path


def public_of(private: Path) -> str:
    return private.with_name("one.pub").read_text(encoding="ascii")


def test_both_parts_are_of_one_key_and_the_private_one_is_its_owner_s(private: Path) -> None:
    """What OpenSSH reads: the private part gives the public one; others may not read it."""
    key = load_ssh_private_key(private.read_bytes(), password=None)
    shown = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    assert public_of(private) == f"{shown.decode('ascii')} lab one\n"
    assert private.stat().st_mode & 0o777 == 0o600


def test_a_pair_stays(private: Path) -> None:
    """Machines know it already."""
    before = private.read_bytes(), public_of(private)
    make_key_pair(private)
    assert (private.read_bytes(), public_of(private)) == before


@pytest.mark.parametrize("kept", ["one", "one.pub"])
def test_half_a_pair_is_made_anew(private: Path, kept: str) -> None:
    """An interrupted run left it; nobody knows it yet."""
    before = public_of(private)
    private.with_name({"one": "one.pub", "one.pub": "one"}[kept]).unlink()
    make_key_pair(private)
    assert public_of(private) != before
    test_both_parts_are_of_one_key_and_the_private_one_is_its_owner_s(private)
