"""A token that ends in the middle of an operation, on the real Keystone: one new login, and the operation goes on."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pulumi_openstack as openstack
import pytest
from engine_real import stack
from recording_proxy import LOGIN, Call, RecordingProxy

from orchestrator.engine import EmbeddedCommand
from orchestrator.engine.cloud.provider import OpenStackProvider

if TYPE_CHECKING:
    from cloud_fixture import RunningCloud

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore:Support for InfluxDB"),  # openstacksdk about itself
]
PROJECTS = 12


def program() -> None:
    for index in range(PROJECTS):
        openstack.identity.Project(f"p{index}", name=f"token-{index}")


def revoke(provider: OpenStackProvider) -> None:
    """Take the token back that the provider's one identity holds."""
    ((identity, _),) = provider._identities.values()
    access = identity.plugin.auth_ref
    assert access is not None
    token = str(access.auth_token)
    url = f"{identity.plugin.auth_url}/auth/tokens"
    answer = identity.http.delete(url, headers={"X-Subject-Token": token, "X-Auth-Token": token}, authenticated=False)
    assert answer.status_code == 204


def test_a_token_revoked_in_the_middle_costs_one_login(
    tmp_path: Path, cloud: RunningCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the third creation the token is taken back: the other steps are refused, log in once, and go on."""
    provider = OpenStackProvider()
    command = EmbeddedCommand(provider)
    done, lock = [0], threading.Lock()

    def after(call: Call) -> bool:
        with lock:
            done[0] += call.method == "POST" and call.path.endswith("/projects")
            now = done[0] == 3
            done[0] += now
        if now:
            revoke(provider)
        return False

    with RecordingProxy(lose=after) as proxy:
        for name, value in proxy.environment.items():
            monkeypatch.setenv(name, value)
        at = stack(tmp_path, cloud, command, program)
        try:
            made = at.up(parallel=4)
            logins = [call for call in proxy.calls if call.method == "POST" and LOGIN.search(call.path)]
        finally:
            gone = at.destroy()
    assert made.summary.resource_changes == {"create": PROJECTS + 1}
    assert gone.summary.resource_changes == {"delete": PROJECTS + 1}
    assert len(logins) == 2
