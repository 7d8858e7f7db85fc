"""State in PostgreSQL, as Pulumi's own backend lays it out there."""

from __future__ import annotations

import base64
import json

import pulumi_openstack as openstack
import pytest
from engine_bench import nothing
from engine_postgres import PostgresBench, Server
from pulumi import automation as auto


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
