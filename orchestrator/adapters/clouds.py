"""The entries of a clouds.yaml, as `wiring` chooses among them."""

from __future__ import annotations

from orchestrator.engine.cloud.clouds_file import cloud_names

__all__ = ["cloud_names"]
