"""A certificate generator for Octavia that gives each amphora the same one: no agent is there to show it to."""

import datetime as dt
import functools
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from octavia.certificates.common import local
from octavia.certificates.generator import cert_gen

_FROM, _UNTIL = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


@functools.cache
def _pair() -> Any:
    """Make a key and a certificate that it has signed itself, once a process."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "amphora")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    return local.LocalCert(
        certificate=certificate.public_bytes(pem),
        private_key=key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain),
    )


class OneForAll(cert_gen.CertGenerator):
    def generate_cert_key_pair(self, *_: Any, **__: Any) -> Any:
        return _pair()

    def sign_cert(self, *_: Any, **__: Any) -> bytes:
        certificate: bytes = _pair().certificate
        return certificate
