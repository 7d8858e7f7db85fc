"""Forms of text that a pattern cannot check."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from ipaddress import IPv4Interface, IPv4Network, ip_network
from typing import Final

from orchestrator.spec.bech32 import payload_bits

_KEY_TYPES: Final = (
    "ssh-ed25519",
    "ssh-rsa",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
)
_X25519_BITS: Final = 260  # 32 bytes in digits of five bits
_NAME: Final = re.compile(r"[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?")


def is_cidr(text: str) -> bool:
    """Whether this is an IPv4 network with its length and without host bits."""
    try:
        return "/" in text and str(IPv4Network(text)) == text
    except ValueError:
        return False


def is_interface_address(text: str) -> bool:
    """Whether this is the IPv4 address of a machine with the length of its network: 192.0.2.11/24."""
    try:
        found = IPv4Interface(text)
    except ValueError:
        return False
    ends = {found.network.network_address, found.network.broadcast_address} if found.network.prefixlen < 31 else set()  # noqa: PLR2004 (RFC 3021)
    return str(found) == text and found.ip not in ends


def is_network(text: str) -> bool:
    """Whether this is an IPv4 or IPv6 network with its length and without host bits."""
    try:
        return "/" in text and bool(ip_network(text))
    except ValueError:
        return False


def is_peer(text: str) -> bool:
    """Whether this is a network, `self`, or the name of a group."""
    return is_network(text) or bool(_NAME.fullmatch(text))


def is_ssh_public_key(text: str) -> bool:
    """Whether this is one line `type base64 [comment]` whose inside names the same type (RFC 4253, section 6.6)."""
    match = re.fullmatch(r"(\S+) ([A-Za-z0-9+/]+={0,2})( [^\n]*)?\n?", text)
    if not match or match[1] not in _KEY_TYPES:
        return False
    try:
        blob = base64.b64decode(match[2], validate=True)
    except binascii.Error:
        return False
    inside = match[1].encode()
    return blob.startswith(len(inside).to_bytes(4, "big") + inside) and len(blob) > len(inside) + 32


def is_age_public_key(text: str) -> bool:
    """Whether this is a recipient of age: 32 bytes of X25519 in bech32, so that a mistyped letter is seen."""
    return payload_bits(text, "age") == _X25519_BITS


FORMATS: Final[Mapping[str, Callable[[str], bool]]] = {
    "age-public-key": is_age_public_key,
    "cidr": is_cidr,
    "interface-address": is_interface_address,
    "peer": is_peer,
    "ssh-public-key": is_ssh_public_key,
}
