"""A region whose state is in PostgreSQL: whichever machine of the pipeline runs next goes on with it."""

from __future__ import annotations

import signal
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from demo_region import DemoRegion, changes
from postgres_server import PASSWORD, Server

pytestmark = pytest.mark.cloud
READER = "GRANT SELECT ON pulumi_state, pulumi_state_mutualis TO reader"


@pytest.fixture(scope="module")
def database(postgres: Server) -> str:
    """The name of an empty database."""
    return postgres.database()


@pytest.fixture(scope="module")
def first(demo: DemoRegion, postgres: Server, database: str) -> DemoRegion:
    """The demo with two members and its state there; the password in a file, as operators keep it."""
    for file in ("tenants/arcy.yaml", "waivers/arcy-ssh.yaml"):
        (demo.folder / file).unlink()
    address = f"postgres://mutualis@127.0.0.1:{postgres.port}/{database}?sslmode=disable"
    demo.edit("region.yaml", lambda d: d["spec"].update(stateBackend=address))
    return logged_in(demo, demo.folder.parent / "pgpass", "mutualis", PASSWORD)


@pytest.fixture(scope="module")
def second(first: DemoRegion) -> DemoRegion:
    """Another machine: the same specs and passphrase, no record of any run."""
    state = first.folder.parent / "second"
    return replace(first, state=state, environment={**first.environment, "MUTUALIS_STATE": str(state)})


def logged_in(region: DemoRegion, file: Path, user: str, password: str) -> DemoRegion:
    file.write_text(f"127.0.0.1:*:*:{user}:{password}\n", encoding="utf-8")
    file.chmod(0o600)
    return replace(region, environment={**region.environment, "PGPASSFILE": str(file)})


def test_a_machine_that_died_is_taken_over_by_another(first: DemoRegion, second: DemoRegion) -> None:
    """Killed in the midst of an apply; the next one, elsewhere, finishes: nothing twice, nothing left open."""
    kill_in_the_midst(first)
    report = second.apply()
    assert {outcome["status"] for outcome in report["outcomes"]} == {"done"}
    assert second.plan()["steps"] == []
    servers = Counter(server.name for server in second.connection().compute.servers(all_projects=True))
    specs = [document["spec"] for document in first.documents()]
    wanted = [one["name"] for spec in specs for one in spec.get("servers", ())]
    pools = [pool for spec in specs for pool in spec.get("desktopPools", ())]
    wanted += [f"{pool['name']}-{place:02}" for pool in pools for place in range(1, pool["count"] + 1)]
    assert servers == Counter(wanted)
    assert set(servers.values()) == {1}


def kill_in_the_midst(region: DemoRegion) -> None:
    command = region.command("apply", str(region.folder), "--yes")
    with subprocess.Popen(
        command, env=region.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "begun    tenant/" in line:
                process.kill()
    assert process.returncode == -signal.SIGKILL


def test_a_machine_without_records_finds_nothing_to_do(
    first: DemoRegion, second: DemoRegion, postgres: Server, database: str
) -> None:
    """Its ledger is behind: it compares every stack with its state, for which it needs no more than to read."""
    postgres.sql(database, f"CREATE USER reader PASSWORD '{PASSWORD}'")
    postgres.sql(database, READER)
    reader = logged_in(first, first.folder.parent / "pgpass-of-a-reader", "reader", PASSWORD)
    reader.edit(
        "region.yaml",
        lambda d: d["spec"].update(stateBackend=d["spec"]["stateBackend"].replace("mutualis@", "reader@")),
    )
    plan = reader.plan()
    assert changes(plan) == []
    assert {step["action"] for step in plan["steps"]} == {"record"}
