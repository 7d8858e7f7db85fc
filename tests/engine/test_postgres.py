"""State in PostgreSQL, as Pulumi's own backend lays it out there."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import official_engine
import pulumi_openstack as openstack
import pytest
from engine_bench import nothing
from engine_postgres import PostgresBench, settled
from postgres_server import PASSWORD, Server
from pulumi import automation as auto

from orchestrator.adapters.stacks_pulumi import Carrier, Workspaces
from orchestrator.engine.backend.stack_store import StackStore


def network() -> None:
    openstack.networking.Network("n", name="n1")


def test_a_stack_lives_in_rows_named_as_pulumi_names_them(rows: PostgresBench, postgres: Server, database: str) -> None:
    """Table, columns, keys behind the database's name, base64 within JSON; nothing else stays behind."""
    assert rows.up(network) == {"create": 2}
    assert rows.up(network) == {"same": 2}
    found = dict(postgres.sql(database, "SELECT key, data FROM pulumi_state"))
    prefix = f"{database}/.pulumi"
    assert base64.b64decode(found[f"{prefix}/meta.yaml"]["data"]) == b"version: 1\n"
    checkpoint = json.loads(base64.b64decode(found[f"{prefix}/stacks/demo/acme.json"]["data"]))
    assert checkpoint["checkpoint"]["stack"] == "organization/demo/acme"
    kinds = {key.removeprefix(f"{prefix}/").partition("/")[0] for key in found}
    assert kinds == {"meta.yaml", "stacks", "history", "backups"}
    assert len([key for key in found if key.startswith(f"{prefix}/history/demo/acme/acme-")]) == 4
    assert f"{prefix}/stacks/demo/acme.json.bak" in found
    assert postgres.sql(database, "SELECT count(*) FROM pulumi_state_mutualis WHERE key LIKE '%%journal'") == [(0,)]
    columns = "SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_name = %s"
    assert sorted(postgres.sql(database, columns, "pulumi_state")) == [
        ("data", "json", "NO"),
        ("key", "text", "NO"),
        ("updated_at", "timestamp with time zone", "NO"),
    ]


def test_all_of_a_stacks_life(rows: PostgresBench) -> None:
    """Made, listed, exported, imported, tagged, destroyed, removed."""
    stack = rows.stack(network)
    stack.up()
    assert [(s.name, s.resource_count) for s in stack.workspace.list_stacks()] == [("acme", 3)]
    exported = stack.export_stack()
    stack.import_stack(exported)
    assert rows.preview(network) == {"same": 2}
    stack.workspace.set_tag("acme", "k", "v")
    assert stack.workspace.list_tags("acme") == {"k": "v"}
    stack.destroy()
    assert rows.cloud.objects() == {}
    stack.workspace.remove_stack("acme")
    assert stack.workspace.list_stacks() == []
    with pytest.raises(auto.StackNotFoundError):
        auto.select_stack("acme", project_name="demo", program=nothing, opts=rows.options())


def networks() -> None:
    for index in range(12):
        openstack.networking.Network(f"n{index}", name=f"n{index}")


def test_a_connection_that_breaks_in_the_midst(rows: PostgresBench, postgres: Server, database: str) -> None:
    """No new steps, a clear error without the password; the next run finds what was made, and makes nothing twice."""
    rows.faults.seconds = 0.05
    rows.stack()

    def breaking() -> None:
        networks()
        threading.Thread(target=break_soon).start()

    def break_soon() -> None:
        while len(rows.cloud.objects()) < 3:
            threading.Event().wait(0.01)
        assert postgres.break_connections(database) > 0

    with pytest.raises(auto.CommandError) as caught:
        rows.up(breaking, parallel=3)
    assert "the connection to the state at postgres://mutualis:****@127.0.0.1" in str(caught.value)
    assert "run again" in str(caught.value)
    assert PASSWORD not in str(caught.value)
    made = len(rows.cloud.objects())
    assert 3 <= made < 12
    assert rows.up(networks, parallel=3)["same"] >= 1
    settled(rows, 12)


def test_a_server_that_crashes_and_comes_back(rows: PostgresBench, postgres: Server) -> None:
    """What was committed is there; the pool finds its connections broken and makes new ones."""
    rows.up(network)
    postgres.stop(signal.SIGQUIT)
    with pytest.raises(auto.CommandError, match=r"cannot connect to the state at postgres://.*see that the"):
        rows.up(network)
    postgres.start()
    assert rows.up(network) == {"same": 2}
    settled(rows, 1)


def test_names_with_underscores_are_themselves(rows: PostgresBench) -> None:
    """In a pattern of SQL `_` stands for any letter: a stack must not take its neighbour's history with it."""
    rows.up(network, "a_b")
    rows.up(network, "axb")
    assert len(rows.stack(network, "a_b").history()) == 1
    stack = rows.stack(network, "a_b")
    stack.destroy()
    stack.workspace.remove_stack("a_b")
    assert len(rows.stack(network, "axb").history()) == 1
    assert [one.name for one in stack.workspace.list_stacks()] == ["axb"]


def test_looking_makes_no_table(rows: PostgresBench, postgres: Server, database: str) -> None:
    """A plan writes nothing: not even an empty table in a new database."""
    rows.environment["PULUMI_BACKEND_URL"] += "&table=another"
    rows.options()
    assert auto.LocalWorkspace(**vars(rows.options())).list_stacks() == []
    assert postgres.sql(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    rows.stack()
    tables = postgres.sql(database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    assert tables == [("another",), ("another_mutualis",)]


def test_many_stacks_at_once(rows: PostgresBench, postgres: Server, database: str) -> None:
    """Each has its own lock; connections come back to the pool, and a bounded number stays."""
    names = [f"s{number}" for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda name: rows.up(network, name), names)) == [{"create": 2}] * 12
    assert len(rows.cloud.objects()) == 12
    waiting = postgres.sql("postgres", "SELECT count(*) FROM pg_stat_activity WHERE datname = %s", database)
    assert waiting[0][0] <= 8


def test_a_user_who_may_not_write_is_told(rows: PostgresBench, postgres: Server, database: str) -> None:
    """A reader plans; an operation of it is refused before anything is done."""
    rows.up(network)
    postgres.sql(database, f"CREATE USER reader{database} PASSWORD 'of-a-reader'")
    postgres.sql(database, f"GRANT SELECT ON pulumi_state, pulumi_state_mutualis TO reader{database}")
    url = f"postgres://reader{database}@127.0.0.1:{postgres.port}/{database}?sslmode=disable"
    reader = PostgresBench(rows.root, url, machine="reader")
    reader.environment["PGPASSWORD"] = "of-a-reader"
    reader.options()
    looking = auto.select_stack("acme", project_name="demo", program=networks, opts=reader.options())
    assert looking.preview().change_summary == {"create": 12, "delete": 1, "same": 1}
    with pytest.raises(auto.CommandError, match=r"permission denied for table pulumi_state.*grant it to this user"):
        looking.up()
    assert len(rows.cloud.objects()) == 1


@official_engine.NEEDS_CLI
def test_pulumis_command_line_works_on_the_same_state(rows: PostgresBench, tmp_path: Path) -> None:
    """It lists, shows the history, exports, imports, is kept away by our lock, and we by its."""
    cli = str(official_engine.cli())
    rows.up(network)
    folder = tmp_path / "cli"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: demo\nruntime: python\n")
    environment = {**os.environ, **official_engine.private_home(tmp_path / "home"), **rows.environment}

    def pulumi(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [cli, "--non-interactive", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    listed = json.loads(pulumi("stack", "ls", "--json").stdout)
    assert [(one["name"], one["resourceCount"]) for one in listed] == [("acme", 3)]
    history = json.loads(pulumi("stack", "history", "--json", "--stack", "acme").stdout)
    assert [one["resourceChanges"] for one in history] == [{"create": 2}]
    (folder / "export.json").write_text(pulumi("stack", "export", "--stack", "acme").stdout)
    assert pulumi("stack", "import", "--stack", "acme", "--file", "export.json").returncode == 0
    assert rows.up(network) == {"same": 2}
    with StackStore.at("acme", rows.work / "acme", rows.environment).held():
        refused = pulumi("refresh", "--yes", "--skip-preview", "--stack", "acme")
    assert "the stack is currently locked by 1 lock(s)" in refused.stderr
    rows.environment["PULUMI_DIY_BACKEND_GZIP"] = "true"
    assert rows.up(network) == {"same": 2}
    assert len(json.loads(pulumi("stack", "history", "--json", "--stack", "acme").stdout)) == 3
    assert len(json.loads(pulumi("stack", "export", "--stack", "acme").stdout)["deployment"]["resources"]) == 3


def test_the_products_own_workspaces_keep_stacks_there(rows: PostgresBench, postgres: Server, database: str) -> None:
    """A plan sees nothing and makes nothing; an apply makes the stack; another machine's plan finds it."""

    def workspaces(machine: str) -> Workspaces:
        carrier = Carrier(name="embedded", version="1", command=rows.command, interrupt=rows.command.interrupt)
        backend = rows.environment["PULUMI_BACKEND_URL"]
        credentials = {"PULUMI_CONFIG_PASSPHRASE": "example", "MUTUALIS_STATE_HISTORY": "2"}
        folder = rows.root / machine
        return Workspaces(carrier=carrier, project="demo", backend=backend, folder=folder, credentials=credentials)

    here, there = workspaces("here"), workspaces("there")
    assert here.names() == frozenset()
    with here.look("acme", network, exists=False) as stack:
        assert stack.preview().change_summary == {"create": 2}
    assert postgres.sql(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    for _ in range(3):
        here.open("acme", network).up()
    assert there.names() == {"acme"}
    with there.look("acme", network, exists=True) as stack:
        assert stack.preview().change_summary == {"same": 2}
        assert len(stack.history()) == 2
