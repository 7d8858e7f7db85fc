"""What a building or a vault may be certified for."""

from __future__ import annotations

from enum import StrEnum


class Certification(StrEnum):
    HDS = "HDS"  # health data, code de la santé publique, L1111-8
    SECNUMCLOUD = "SecNumCloud"  # ANSSI
    ISO27001 = "ISO 27001"
