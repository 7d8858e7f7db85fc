"""How a state and the copies of it are packed: as the official backends do it, told apart by their first bytes."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from typing import Final

from orchestrator.engine.errors import BrokenState, EngineError, StateError

GZIP: Final = ".gz"
PLAIN: Final = ""
_GZIP_MAGIC: Final = b"\x1f\x8b"
_ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"
_TRUE: Final = {"1", "true"}
_LEVEL: Final = 6  # of zlib: what the official engine's library takes by default


def form_of(environment: Mapping[str, str]) -> str:
    """The ending of a state's name beyond `.json`, by the official backends' own variables."""
    if _is_set(environment, "ZSTD"):
        raise EngineError(
            "error: PULUMI_DIY_BACKEND_ZSTD is set: the embedded engine writes plain or gzip; unset it, or set "
            "PULUMI_DIY_BACKEND_GZIP instead"
        )
    return GZIP if _is_set(environment, "GZIP") else PLAIN


def pack(data: bytes, form: str) -> bytes:
    """Without a time in it: the same data gives the same bytes."""
    return gzip.compress(data, _LEVEL, mtime=0) if form == GZIP else data


def unpack(data: bytes, where: str) -> bytes:
    if data.startswith(_ZSTD_MAGIC):
        raise StateError(
            f"error: {where} is packed with zstd, which the embedded engine does not read: let the official engine "
            "write it once with PULUMI_DIY_BACKEND_GZIP=true, or plain"
        )
    if not data.startswith(_GZIP_MAGIC):
        return data
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise BrokenState(f"error: {where} is damaged: {error}") from error


def _is_set(environment: Mapping[str, str], what: str) -> bool:
    names = f"PULUMI_DIY_BACKEND_{what}", f"PULUMI_SELF_MANAGED_STATE_{what}"
    return any(environment.get(name, "").lower() in _TRUE for name in names)
