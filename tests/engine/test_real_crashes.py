"""kill -9 on a real cloud, at every call that writes: each run is killed at its first, and the next one goes on."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from engine_bench import salt
from engine_real_child import PORTS, SIZE, at
from fault_proxy import FaultProxy
from recording_proxy import Call

from orchestrator.engine.cloud.provider import OpenStackProvider

if TYPE_CHECKING:
    from cloud_fixture import RunningCloud

CHILD = Path(__file__).parent / "engine_real_child.py"
LIMIT = 60.0
MOST_RUNS = 60

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore:Support for InfluxDB"),  # openstacksdk about itself
]


class Executioner:
    """Kills the process at work as soon as the service has carried out one call of it that writes."""

    def __init__(self, proxy: FaultProxy, workers: subprocess.Popen[str]) -> None:
        self._workers = workers
        self._pids: queue.Queue[int] = queue.Queue()
        self._repeated: set[str] = set()
        proxy.afterwards = self._meet

    def _meet(self, call: Call) -> None:
        if call.writes and not self._is_repeated(call):
            try:
                os.kill(self._pids.get(timeout=LIMIT), signal.SIGKILL)
            except (ProcessLookupError, queue.Empty):
                return  # another call of the same process was quicker

    def _is_repeated(self, call: Call) -> bool:
        """A PUT may be sent again by the next run, which would never come further."""
        if call.method != "PUT":
            return False
        found = call.path in self._repeated
        self._repeated.add(call.path)
        return found

    def runs(self, action: str) -> int:
        """How many processes were killed before one came to its end."""
        assert self._workers.stdin is not None
        assert self._workers.stdout is not None
        for killed in range(MOST_RUNS):
            self._pids = queue.Queue()
            self._workers.stdin.write(f"{action}\n")
            self._workers.stdin.flush()
            self._pids.put(int(self._workers.stdout.readline()))
            code = int(self._workers.stdout.readline())
            if code == 0:
                return killed
            assert code == -signal.SIGKILL
        raise AssertionError(f"no end after {MOST_RUNS} runs")


@contextmanager
def workers(root: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", str(CHILD), str(root)],
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def census(connection: Any) -> dict[str, int]:
    """Asked of the services, by name."""
    places = (
        ("identity", "projects"),
        ("identity", "users"),
        ("network", "networks"),
        ("network", "subnets"),
        ("network", "routers"),
        ("network", "security-groups"),
    )
    found: dict[str, int] = {}
    for service, path in places:
        many = connection.send(service, "GET", path).body[path.replace("-", "_")]
        found[path] = sum(one["name"].startswith("crash-") for one in many)
    groups = [
        one["id"] for one in connection.send("network", "GET", "security-groups?name=crash-g").body["security_groups"]
    ]
    rules = connection.send("network", "GET", "security-group-rules").body["security_group_rules"]
    found["rules"] = sum(rule["security_group_id"] in groups for rule in rules)
    keys = connection.send("compute", "GET", "os-keypairs").body["keypairs"]
    found["keys"] = sum(key["keypair"]["name"] == "crash-k" for key in keys)
    return found


@pytest.mark.timeout(900)
def test_every_call_may_be_the_last(tmp_path: Path, cloud: RunningCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """An up that is killed again and again: in the end everything is there once, and a destroy takes it all."""
    for name, value in cloud.environment.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "Pulumi.acme.yaml").write_text(f"encryptionsalt: {salt()}\n")
    connection = OpenStackProvider().session({}, cloud.environment)._connection
    nothing = census(connection)
    assert not any(nothing.values())
    try:
        with FaultProxy() as proxy, workers(tmp_path, proxy.environment) as processes:
            killed = Executioner(proxy, processes).runs("up")
            assert killed >= SIZE // 2  # four at a time, so one death may end several calls
        assert census(connection) == {**dict.fromkeys(nothing, 1), "rules": len(PORTS)}
        assert at(tmp_path).up().summary.resource_changes == {"same": SIZE + 1}
    finally:
        at(tmp_path).destroy()
    assert census(connection) == nothing
