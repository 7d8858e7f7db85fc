"""What the exporter's commands may say of it, without its adapter's name."""

from __future__ import annotations

from pathlib import Path

from orchestrator.adapters.exporter_prometheus import tokens
from orchestrator.adapters.exporter_prometheus.exporter import Listening
from orchestrator.adapters.exporter_prometheus.textfile import Textfiles


def listening(
    host: str, port: int, cadence: float, *, web_config: Path | None, tokens_file: Path | None, lifecycle: bool
) -> Listening:
    return Listening(
        host=host, port=port, cadence=cadence, web_config=web_config, tokens=tokens_file, lifecycle=lifecycle
    )


def textfiles(region: Path | None, members: Path | None) -> Textfiles:
    return Textfiles(region=region, members=members)


def new_token(file: Path, tenant: str) -> str:
    """See tokens.add_token."""
    return tokens.add_token(file, tenant)


def withdraw_tokens(file: Path, tenant: str) -> int:
    """See tokens.remove_tokens."""
    return tokens.remove_tokens(file, tenant)
