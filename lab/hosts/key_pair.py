"""A key pair for SSH in OpenSSH's format (PROTOCOL.key), made in this process.

A program of its own, as ssh-keygen, would outlive a killed run, and write into what the next one makes.
"""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from lab.private_file import write_private


def make_key_pair(path: Path) -> None:
    """Make an Ed25519 key and, beside it, its public part (.pub); half a pair of an interrupted run is made anew."""
    public = path.with_name(f"{path.name}.pub")
    if not (path.exists() and public.exists()):
        key = Ed25519PrivateKey.generate()
        private = key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
        shown = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
        public.unlink(missing_ok=True)
        write_private(path, private.decode("ascii"))
        write_private(public, f"{shown.decode('ascii')} lab {path.name}\n")
