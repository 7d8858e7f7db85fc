"""From `PULUMI_BACKEND_URL` to a backend; what cannot be carried out is refused by its name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from orchestrator.engine.backend.bucket import Bucket
from orchestrator.engine.backend.file_bucket import FileBucket
from orchestrator.engine.backend.postgres_address import SCHEMES, parse_address
from orchestrator.engine.errors import EngineError

_STORES: Final = {"s3": "S3", "azblob": "Azure Blob Storage", "gs": "Google Cloud Storage", "mem": "memory"}
_SERVICES: Final = {"http", "https"}


def open_bucket(environment: Mapping[str, str]) -> Bucket:
    """The backend that an operation's environment names."""
    url = environment.get("PULUMI_BACKEND_URL", "")
    scheme = url.partition("://")[0] if "://" in url else ""
    if scheme == "file":
        return FileBucket(_folder(url))
    if scheme in SCHEMES:
        return _rows(url, environment)
    raise EngineError(f"error: PULUMI_BACKEND_URL {_refusal(scheme)}")


def _folder(url: str) -> Path:
    parts = urlsplit(url)
    if parts.netloc or not parts.path.startswith("/"):
        raise EngineError(f"error: PULUMI_BACKEND_URL is {url!r}: write file:///absolute/path")
    return Path(unquote(parts.path))


def _rows(url: str, environment: Mapping[str, str]) -> Bucket:
    from orchestrator.engine.backend.postgres_bucket import PostgresBucket  # noqa: PLC0415  a driver few need
    from orchestrator.engine.backend.postgres_pool import pool_of  # noqa: PLC0415  the same

    return PostgresBucket(pool_of(parse_address(url, environment)))


def _refusal(scheme: str) -> str:
    ours = "the embedded engine keeps state under file:///absolute/path or in postgres://"
    if not scheme:
        return f"names no backend: {ours}"
    if scheme in _SERVICES:
        return f"is {scheme}://, Pulumi's service: {ours}; to stay with the service use the official engine"
    if scheme in _STORES:
        return (
            f"is {scheme}:// ({_STORES[scheme]}), which has no lock that ends with its owner: {ours}; export the "
            "stacks from there and import them, or use the official engine"
        )
    return f"is {scheme}://, an unknown kind of backend: {ours}"
