"""Members' tokens for the exporter, without the exporter."""

from __future__ import annotations

from pathlib import Path

from orchestrator.adapters.exporter_prometheus import tokens


def new_token(file: Path, tenant: str) -> str:
    """See tokens.add_token."""
    return tokens.add_token(file, tenant)


def withdraw_tokens(file: Path, tenant: str) -> int:
    """See tokens.remove_tokens."""
    return tokens.remove_tokens(file, tenant)
