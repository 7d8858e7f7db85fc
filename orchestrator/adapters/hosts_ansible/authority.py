"""A region's own certificate authority, and the certificates that it gives to hosts (RFC 5280)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final, TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

YEARS: Final = 10
DAYS: Final = 397  # of a host: as long as browsers believe one
RENEWED: Final = dt.timedelta(days=60)
"""A certificate with less time left is made anew by the next run."""

_Signer: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """A certificate and its private key, both PEM. An authority's: those between it and what is trusted follow it."""

    certificate: str
    key: str


def new_authority(name: str, now: dt.datetime) -> Certified:
    """A self-signed authority that signs hosts and no further authority."""
    key, subject = _key(), _name(f"region {name}")
    usage = {"key_cert_sign": True, "crl_sign": True}
    made = (
        _builder(subject, subject, key, now, dt.timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Certified(certificate=_pem(made), key=_key_pem(key))


def issued(authority: Certified, name: str, also: Sequence[str], now: dt.datetime) -> Certified:
    """A certificate of a host, for itself as server and as client. `also`: further names and addresses."""
    signer = _signer(authority)
    key = _key()
    issuer = x509.load_pem_x509_certificate(authority.certificate.encode())
    purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH])
    made = (
        _builder(_name(name), issuer.subject, key, now, dt.timedelta(days=DAYS))
        .add_extension(x509.SubjectAlternativeName([_general(one) for one in (name, *also)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(purposes, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )
    return Certified(certificate=_pem(made), key=_key_pem(key))


def chain_of(text: str) -> tuple[str, ...]:
    """Each certificate of a PEM text, in its order; the last one of an authority's is what is trusted."""
    return tuple(_pem(one) for one in x509.load_pem_x509_certificates(text.encode()))


def fault_of(authority: Certified) -> str:
    """Why it cannot sign hosts; empty: it can."""
    try:
        first = x509.load_pem_x509_certificate(authority.certificate.encode())
        signer = _signer(authority)
    except (ValueError, TypeError) as error:  # no PEM, a passphrase, another kind of key
        return str(error)
    constraints = [one.value for one in first.extensions if isinstance(one.value, x509.BasicConstraints)]
    if not any(one.ca for one in constraints):
        return "the first certificate is not an authority's"
    return "" if signer.public_key() == first.public_key() else "the key is not that of the first certificate"


def still_good(certificate: str, authority: Certified, name: str, also: Sequence[str], now: dt.datetime) -> bool:
    """Whether a host may keep its certificate: of this authority, with these names, and with time left."""
    found = x509.load_pem_x509_certificate(certificate.encode())
    issuer = x509.load_pem_x509_certificate(authority.certificate.encode())
    try:
        found.verify_directly_issued_by(issuer)
    except Exception:  # noqa: BLE001 (whatever is wrong with it: it is made anew)
        return False
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(names) == {_general(one) for one in (name, *also)} and found.not_valid_after_utc - now > RENEWED


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: dt.datetime, lasts: dt.timedelta
) -> x509.CertificateBuilder:
    early = now - dt.timedelta(minutes=5)  # a host's clock may be a little behind
    return x509.CertificateBuilder(
        subject_name=subject,
        issuer_name=issuer,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=early,
        not_valid_after=now + lasts,
    )


def _usage(*, digital_signature: bool = False, key_cert_sign: bool = False, crl_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )


def _signer(authority: Certified) -> _Signer:
    key = serialization.load_pem_private_key(authority.key.encode(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise TypeError("keys of authorities are RSA or on an elliptic curve")
    return key


def _key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _general(text: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(text))
    except ValueError:
        return x509.DNSName(text)


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _key_pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
