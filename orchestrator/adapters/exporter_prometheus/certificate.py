"""When a certificate ends: `ssl` does not tell what a context was given."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509


def certificate_end(file: Path) -> float:
    """Seconds since the epoch: the first end in a PEM file, which may hold the certificates above it too.

    Raises OSError, or ValueError for what is no certificate.
    """
    chain = x509.load_pem_x509_certificates(file.read_bytes())
    return min(one.not_valid_after_utc.timestamp() for one in chain)
