"""An operator brings an authority of their own, and keys of a Ceph; an apply reads them once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from orchestrator.adapters.hosts_ansible.authority import new_authority
from orchestrator.adapters.hosts_ansible.brought import brought
from orchestrator.adapters.hosts_ansible.region_secrets import completed
from orchestrator.errors import PermanentFailure
from orchestrator.model.host_inventory import HostInventory
from orchestrator.wiring.hosts import inventory_of

METAL = Path(__file__).parents[3] / "inventory" / "metal"
NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def bringing() -> HostInventory:
    """A region whose specs say that both are brought."""
    metal = inventory_of(METAL)
    ceph = {"name": "ssd", "zone": "nord", "driver": "ceph", "pool": "volumes", "user": "cinder", "monitors": ["x"]}
    changed = {"mutualis_certificate_authority": "brought", "mutualis_served_backends": [ceph, {**ceph, "zone": "sud"}]}
    return replace(metal, variables={**metal.variables, **changed})


def signing_authority() -> tuple[str, str, str]:
    """One below a root, with a key of the other kind: (its certificate, its key, the root's certificate)."""
    keys = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2)]
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in ("root", "signing")]
    made = [
        x509.CertificateBuilder(
            subject_name=names[number],
            issuer_name=names[0],
            public_key=keys[number].public_key(),
            serial_number=number + 1,
            not_valid_before=NOW,
            not_valid_after=NOW + dt.timedelta(days=3650),
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(keys[number].public_key()), critical=False)
        .sign(keys[0], hashes.SHA256())
        for number in range(2)
    ]
    root, signing = (one.public_bytes(serialization.Encoding.PEM).decode() for one in made)
    key = keys[1].private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signing, key.decode(), root


def lay(state: Path, **files: str) -> Path:
    folder = state / "brought"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".").replace("_", "-")).write_text(text)
    return folder


def test_hosts_are_certified_by_the_authority_that_was_brought(tmp_path: Path, bringing: HostInventory) -> None:
    """They send along what stands between it and the root, and trust the root."""
    signing, key, root = signing_authority()
    lay(tmp_path, authority__crt=signing + root, authority__key=key, ceph_ssd__key="AQB=\n")
    made = completed({}, bringing, NOW, brought(tmp_path, bringing, {}))
    assert made["authority"] == root
    own, between = x509.load_pem_x509_certificates(made["certificates"]["nord-1"]["certificate"].encode())
    own.verify_directly_issued_by(between)
    assert between == x509.load_pem_x509_certificate(signing.encode())
    assert made["ceph"] == {"ssd": "AQB="}


def test_what_was_read_once_need_not_stay(tmp_path: Path, bringing: HostInventory) -> None:
    """The next apply finds all in the encrypted file, and changes nothing."""
    signing, key, root = signing_authority()
    folder = lay(tmp_path, authority__crt=signing + root, authority__key=key, ceph_ssd__key="AQB=")
    first = completed({}, bringing, NOW, brought(tmp_path, bringing, {}))
    for file in folder.iterdir():
        file.unlink()
    assert completed(first, bringing, NOW, brought(tmp_path, bringing, first)) == first


def test_another_authority_takes_over(tmp_path: Path, bringing: HostInventory) -> None:
    """Of a region that had one of its own: certificates are made anew, passwords stay."""
    before = completed({}, bringing, NOW)
    other = new_authority("other", NOW)
    lay(tmp_path, authority__crt=other.certificate, authority__key=other.key, ceph_ssd__key="AQB=")
    after = completed(before, bringing, NOW, brought(tmp_path, bringing, before))
    assert after["authority"] == other.certificate != before["authority"]
    assert after["passwords"] == before["passwords"]
    assert all(after["certificates"][name] != was for name, was in before["certificates"].items())


@pytest.mark.parametrize("missing", ["authority.key", "ceph-ssd.key"])
def test_what_is_missing_is_told(tmp_path: Path, bringing: HostInventory, missing: str) -> None:
    """By the file that should be there."""
    authority = new_authority("other", NOW)
    folder = lay(tmp_path, authority__crt=authority.certificate, authority__key=authority.key, ceph_ssd__key="x")
    (folder / missing).unlink()
    with pytest.raises(PermanentFailure, match=missing):
        brought(tmp_path, bringing, {})


def test_an_authority_that_cannot_sign_is_told(tmp_path: Path, bringing: HostInventory) -> None:
    """A key of another certificate, or none at all."""
    one, other = new_authority("one", NOW), new_authority("other", NOW)
    lay(tmp_path, authority__crt=one.certificate, authority__key=other.key, ceph_ssd__key="x")
    with pytest.raises(PermanentFailure, match="not that of the first certificate"):
        brought(tmp_path, bringing, {})
    lay(tmp_path, authority__key="nothing")
    with pytest.raises(PermanentFailure, match="cannot sign"):
        brought(tmp_path, bringing, {})


def test_a_region_that_brings_nothing_is_asked_nothing(tmp_path: Path) -> None:
    """Its folder may not even exist."""
    found = brought(tmp_path, inventory_of(METAL), {})
    assert (found.authority, found.ceph) == (None, {})
