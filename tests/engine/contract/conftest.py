"""What an engine must do, tried on every engine there is.

The suite speaks through the Automation API alone: programs in, counts, outputs, events, errors, state and history out.
The cloud is `engine_fake_cloud`, for the embedded engine as a provider in the process, for the official one as a
plugin that its CLI attaches to. A tenant's course on the real service is here as well; states that change hands are in
`tests/engine/cloud/test_cloud_handover.py`. The official engine is
looked for as `tests/plugins/official_engine.py` says and skipped where its CLI is missing.

What only one of the engines does (journal, adoption of lost creates, interrupts) is tested in `tests/engine` and told
in `docs/engine.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import official_engine
import pytest
from engine_bench import Bench
from engine_kind import Engine
from engine_plugin import serving

from orchestrator.engine import EmbeddedCommand
from orchestrator.engine.cloud.provider import OpenStackProvider


@pytest.fixture(params=["embedded", pytest.param("official", marks=official_engine.UNFINISHED)])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    """A bench with each engine in turn."""
    found = Bench(tmp_path)
    if request.param == "embedded":
        yield found
        return
    if official_engine.cli() is None:
        pytest.skip(official_engine.NO_CLI)
    (tmp_path / "backend").mkdir()
    with serving(found.provider) as port:
        found.command = official_engine.OfficialCommand()
        found.environment |= official_engine.private_home(tmp_path / "home")
        found.environment["PULUMI_DEBUG_PROVIDERS"] = f"openstack:{port}"
        yield found


@pytest.fixture(params=["embedded", pytest.param("official", marks=official_engine.UNFINISHED)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """Each engine in turn, with its own provider for the real service."""
    if request.param == "embedded":
        return Engine(command=EmbeddedCommand(OpenStackProvider()))
    if official_engine.cli() is None or official_engine.plugin() is None:
        pytest.skip(official_engine.NO_PLUGIN if official_engine.cli() else official_engine.NO_CLI)
    home = official_engine.private_home(tmp_path / "home")
    return Engine(command=official_engine.OfficialCommand(), environment=home)
