"""The checksum of bech32 (BIP 173), the form in which age writes its public keys."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM: Final = 6  # digits


def payload_bits(text: str, prefix: str) -> int | None:
    """How many bits stand between prefix and checksum; None for another prefix, digit or checksum. Lower case only."""
    if not text.startswith(f"{prefix}1"):
        return None
    digits = [_DIGITS.find(digit) for digit in text[len(prefix) + 1 :]]
    if len(digits) < _CHECKSUM or -1 in digits:
        return None
    high, low = [ord(letter) >> 5 for letter in prefix], [ord(letter) & 31 for letter in prefix]
    return (len(digits) - _CHECKSUM) * 5 if _remainder([*high, 0, *low, *digits]) == 1 else None


def _remainder(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            check ^= generator if top >> bit & 1 else 0
    return check
