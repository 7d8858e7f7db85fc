"""One operation on a stack at a time, over several machines: a lock that ends with its connection."""

from __future__ import annotations

import json
import os
import threading
import uuid

import pulumi_openstack as openstack
import pytest
from engine_postgres import PostgresBench, settled
from postgres_server import PASSWORD, Server
from pulumi import automation as auto

from orchestrator.engine.backend.address import open_bucket
from orchestrator.engine.errors import StateError


def network() -> None:
    openstack.networking.Network("n", name="n1")


def test_a_second_machine_is_told_who_works_since_when(rows: PostgresBench, postgres: Server, database: str) -> None:
    """ConcurrentUpdateError on another connection; looking is allowed; the first is not disturbed."""
    other = PostgresBench(rows.root, postgres.url(database), machine="other")
    other.stack()
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        network()
        begun.set()
        assert go_on.wait(60)

    first = threading.Thread(target=lambda: rows.up(slow))
    first.start()
    try:
        assert begun.wait(60)
        with pytest.raises(
            auto.ConcurrentUpdateError, match=rf"created by \S+@\S+ \(pid {os.getpid()}\) at 20"
        ) as caught:
            other.stack(network).refresh()
        assert PASSWORD not in str(caught.value)
        assert other.preview(network) == {"create": 2}
        assert [one.update_in_progress for one in other.stack().workspace.list_stacks()] == [True]
    finally:
        go_on.set()
        first.join()
    assert other.up(network) == {"same": 2}
    settled(other, 1)


def entry(bench: PostgresBench, *, host: str, pid: int = 1) -> str:
    key = f".pulumi/locks/organization/demo/acme/{uuid.uuid4()}.json"
    found = {"pid": pid, "username": "u", "hostname": host, "timestamp": "2026-01-02T03:04:05Z"}
    open_bucket(bench.environment).write(key, json.dumps(found).encode())
    return key


def test_locks_of_the_command_line_are_respected_and_cancelled(rows: PostgresBench) -> None:
    """It may work elsewhere without a lock of the database."""
    stack = rows.stack(network)
    entry(rows, host="elsewhere")
    with pytest.raises(auto.ConcurrentUpdateError, match=r"u@elsewhere \(pid 1\) at 2026-01-02T03:04:05Z"):
        rows.up(network)
    stack.cancel()
    assert rows.up(network) == {"create": 2}


def test_an_owner_elsewhere_that_lost_its_connection_is_given_time(rows: PostgresBench) -> None:
    """A request that it had sent may still be under way; then its lock is left over. `cancel` need not wait."""
    rows.stack(network)
    bucket = open_bucket(rows.environment)
    key = entry(rows, host="elsewhere")
    with bucket.own(".pulumi/stacks/demo/acme.lock") as owned:
        owned.give_name(key.rsplit("/", 1)[1].removesuffix(".json"))
        journal = owned.bucket.begin_journal(".pulumi/stacks/demo/acme.journal")
        journal.append(b'{"base":"of a state before"}\n')
        journal.flush()
    with pytest.raises(auto.ConcurrentUpdateError, match=r"Run again in 1[45]\d seconds"):
        rows.up(network)
    rows.stack().cancel()
    assert rows.up(network) == {"create": 2}


def test_a_journal_takes_nothing_without_the_lock(rows: PostgresBench, postgres: Server, database: str) -> None:
    """An owner that lost its connection cannot write the checkpoint either."""
    rows.stack()
    with open_bucket(rows.environment).own(".pulumi/stacks/demo/acme.lock") as owned:
        journal = owned.bucket.begin_journal(".pulumi/stacks/demo/acme.journal")
        journal.append(b"1\n")
        journal.flush()
        postgres.break_connections(database)
        journal.append(b"2\n")
        with pytest.raises(StateError, match="broke"):
            journal.flush()
        with pytest.raises(StateError, match="broke"):
            journal.append(b"3\n")
        with pytest.raises(StateError, match="broke"):
            owned.bucket.replace("k", "k.bak", b"")
    assert open_bucket(rows.environment).read_journal(".pulumi/stacks/demo/acme.journal") == b"1\n"
