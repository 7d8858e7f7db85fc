"""What only the embedded engine promises: files for their owner alone, ciphertexts that stay, sessions."""

from __future__ import annotations

import stat

from engine_bench import Bench
from engine_programs import tenant


def test_files_are_for_their_owner_alone(bench: Bench) -> None:
    """All files of the backend are theirs."""
    bench.up(tenant)
    paths = list((bench.root / "backend").rglob("*"))
    assert bench.state_file() in paths
    for path in paths:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_write_without_change_leaves_the_ciphertexts(bench: Bench) -> None:
    """A secret that did not change is not sealed anew."""
    bench.up(tenant)
    before = bench.recorded()["u"]
    bench.up(tenant)
    assert bench.recorded()["u"]["inputs"] == before["inputs"]
    assert bench.recorded()["u"]["outputs"] == before["outputs"]


def test_credentials_reach_the_provider_and_nothing_else_does(bench: Bench) -> None:
    """A session gets the operation's OS_* variables, and the default provider no configuration."""
    bench.up(tenant)
    configuration, environment = bench.provider.sessions[0]
    assert configuration == {}
    assert environment == {"OS_AUTH_URL": "http://127.0.0.1:1/v3", "OS_PASSWORD": "canary-password"}
