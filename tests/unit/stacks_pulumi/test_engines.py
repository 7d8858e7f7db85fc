"""The engine is the one that the Region spec names; a missing CLI is told, never replaced by a guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.adapters.stacks_pulumi.engines import embedded_engine, official_engine
from orchestrator.errors import UsageError

STUB = """#!/bin/sh
[ "$1" = version ] && echo v3.259.0 && exit 0
exit 9
"""


@pytest.fixture
def empty_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with nothing on it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("PULUMI_HOME", raising=False)
    return tmp_path


def test_without_the_cli_the_official_engine_says_what_to_install(empty_path: Path) -> None:
    """The error names both programs and the other choice; exit 2."""
    with pytest.raises(UsageError) as caught:
        official_engine()
    assert "pulumi-resource-openstack" in caught.value.hint
    assert "embedded" in caught.value.hint
    assert caught.value.exit_code == 2


def test_with_the_cli_its_version_goes_into_every_digest(empty_path: Path) -> None:
    """A new CLI means a new version, so that every stack is looked at again."""
    stub = empty_path / "pulumi"
    stub.write_text(STUB, encoding="utf-8")
    stub.chmod(0o755)
    carrier = official_engine()
    assert (carrier.name, carrier.version) == ("official", "3.259.0")
    assert carrier.environment["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] == "true"


def test_the_cli_of_pulumis_own_folder_needs_no_path(empty_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`$PULUMI_HOME/bin/pulumi` is the one, wherever its plugins lie beside it."""
    stub = empty_path / "home" / "bin" / "pulumi"
    stub.parent.mkdir(parents=True)
    stub.write_text(STUB, encoding="utf-8")
    stub.chmod(0o755)
    monkeypatch.setenv("PULUMI_HOME", str(empty_path / "home"))
    assert official_engine().command.command == str(stub)


def test_the_embedded_engine_needs_nothing_on_the_path(empty_path: Path) -> None:
    """It runs in this process."""
    carrier = embedded_engine()
    assert carrier.name == "embedded"
    assert carrier.version
