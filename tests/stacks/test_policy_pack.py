"""The policy pack for real: served by Pulumi's own SDK in the environment of the pack, and asked as the engine asks."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2, json_format, struct_pb2
from official_engine import NEEDS_CLI, NEEDS_LANGUAGE_HOST, NEEDS_PLUGIN, cli, private_home
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

pytestmark = pytest.mark.timeout(900)  # an environment is installed first
ROOT = Path(__file__).parents[2]
PACK = ROOT / "policies" / "pack"
WIRE_UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
POLICIES = {"open-administration", "whole-quotas", "lasting-names", "addresses-overlap", "protected-data"}
PROGRAM = """import pulumi
import stacks.loading  # our own silence about an import of the provider's
import pulumi_openstack as openstack

project = openstack.identity.Project("main", name="x", opts=pulumi.ResourceOptions(protect={protect}))
network = openstack.networking.Network("front")
for name, cidr in {subnets}:
    openstack.networking.Subnet(name, network_id=network.id, cidr=cidr)
group = openstack.networking.SecGroup("web")
openstack.networking.SecGroupRule("ssh", security_group_id=group.id, direction="ingress", ethertype="IPv4",
    protocol="tcp", port_range_min=22, port_range_max=22, remote_ip_prefix="{peer}")
openstack.blockstorage.Volume("data", size=1)
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of the pack's environment, made as the documentation says: once, however many workers test."""
    base = tmp_path_factory.getbasetemp()
    there = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "policy-environment"
    command = [str(ROOT / "scripts" / "setup.sh"), "policy"]
    environment = {**os.environ, "MUTUALIS_VENV": str(there)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=840)
    assert done.returncode == 0, done.stderr
    return there / "bin" / "python"


@pytest.fixture(scope="module")
def analyzer(python: Path) -> Iterator[analyzer_pb2_grpc.AnalyzerStub]:
    """The pack as Pulumi's language host starts it: it says its port, and answers there."""
    command = [str(python), "-u", "-m", "pulumi.policy", "127.0.0.1:0", str(PACK)]
    with subprocess.Popen(command, cwd=PACK, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline())
            with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
                yield analyzer_pb2_grpc.AnalyzerStub(channel)
        finally:
            process.kill()


def struct(inputs: dict[str, Any]) -> struct_pb2.Struct:
    return json_format.ParseDict(inputs, struct_pb2.Struct())


def urn(kind: str, name: str) -> str:
    return f"urn:pulumi:arcy::demo::{kind}::{name}"


def asked(kind: str, name: str, **inputs: Any) -> analyzer_pb2.AnalyzeRequest:
    return analyzer_pb2.AnalyzeRequest(type=kind, name=name, urn=urn(kind, name), properties=struct(inputs))


def held(kind: str, name: str, *, protect: bool = False, **inputs: Any) -> analyzer_pb2.AnalyzerResource:
    options = analyzer_pb2.AnalyzerResourceOptions(protect=protect)
    place = urn(kind, name)
    return analyzer_pb2.AnalyzerResource(type=kind, name=name, urn=place, properties=struct(inputs), options=options)


def told(answer: analyzer_pb2.AnalyzeResponse) -> list[tuple[str, str, bool]]:
    """(policy, last line of its message, whether it stops the engine)."""
    return [
        (one.policyName, one.message.splitlines()[-1], one.enforcementLevel == analyzer_pb2.MANDATORY)
        for one in answer.diagnostics
    ]


def test_pack_offers_every_guardrail(analyzer: analyzer_pb2_grpc.AnalyzerStub) -> None:
    """By name."""
    info = analyzer.GetAnalyzerInfo(empty_pb2.Empty())
    assert {policy.name for policy in info.policies} == POLICIES


def test_pack_stops_a_bad_resource(analyzer: analyzer_pb2_grpc.AnalyzerStub) -> None:
    """Before the engine makes it; values that only the cloud decides are no obstacle."""
    rule = asked(
        "openstack:networking/secGroupRule:SecGroupRule",
        "ssh",
        direction="ingress",
        ethertype="IPv4",
        protocol="tcp",
        portRangeMin=22,
        portRangeMax=22,
        remoteIpPrefix="0.0.0.0/0",
        securityGroupId=WIRE_UNKNOWN,
    )
    assert told(analyzer.Analyze(rule)) == [
        ("open-administration", "opens SSH (22) to 0.0.0.0/0; name the networks that administer", True)
    ]
    quota = asked("openstack:compute/quotaSetV2:QuotaSetV2", "main", projectId=WIRE_UNKNOWN, cores=WIRE_UNKNOWN)
    ((policy, message, stops),) = told(analyzer.Analyze(quota))
    assert (policy, stops) == ("whole-quotas", True)
    assert message.startswith("does not say instances, ram")


def test_pack_lets_a_good_resource_through(analyzer: analyzer_pb2_grpc.AnalyzerStub) -> None:
    """Nothing is said."""
    rule = asked(
        "openstack:networking/secGroupRule:SecGroupRule",
        "https",
        direction="ingress",
        ethertype="IPv4",
        protocol="tcp",
        portRangeMin=443,
        portRangeMax=443,
        remoteIpPrefix="0.0.0.0/0",
    )
    assert told(analyzer.Analyze(rule)) == []


def test_pack_judges_a_stack_as_a_whole(analyzer: analyzer_pb2_grpc.AnalyzerStub) -> None:
    """Overlapping subnets, and data without the protection that its project has."""
    subnet = "openstack:networking/subnet:Subnet"
    request = analyzer_pb2.AnalyzeStackRequest(
        resources=[
            held("openstack:identity/project:Project", "main", protect=True),
            held(subnet, "a", cidr="10.0.0.0/24"),
            held(subnet, "b", cidr="10.0.0.128/25"),
            held("openstack:blockstorage/volume:Volume", "data", size=1),
        ]
    )
    assert [(policy, stops) for policy, _, stops in told(analyzer.AnalyzeStack(request))] == [
        ("addresses-overlap", True),
        ("protected-data", True),
    ]


def previewed(folder: Path, python: Path, program: str) -> subprocess.CompletedProcess[str]:
    """`pulumi preview --policy-pack` by Pulumi's own command line; creations are shown without a cloud."""
    project, state = folder / "program", folder / "state"
    project.mkdir()
    state.mkdir()
    (project / "Pulumi.yaml").write_text("name: demo\nruntime: python\n", encoding="utf-8")
    (project / "__main__.py").write_text(program, encoding="utf-8")
    environment = {
        **private_home(folder / "home"),
        "PATH": os.pathsep.join([str(python.parent), str(cli().parent), os.environ["PATH"]]),  # type: ignore[union-attr]
        "HOME": str(folder),
        "PULUMI_BACKEND_URL": f"file://{state}",
        "PULUMI_CONFIG_PASSPHRASE": "x",
        "OS_AUTH_URL": "http://127.0.0.1:9/v3",
        "OS_USERNAME": "u",
        "OS_PASSWORD": "p",
        "OS_PROJECT_NAME": "x",
    }

    def pulumi(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(cli()), *arguments, "--non-interactive"]
        return subprocess.run(
            command, cwd=project, env=environment, capture_output=True, text=True, check=False, timeout=280
        )

    made = pulumi("stack", "init", "arcy")
    assert made.returncode == 0, made.stdout + made.stderr
    return pulumi("preview", "--policy-pack", str(PACK))


@NEEDS_CLI
@NEEDS_PLUGIN
@NEEDS_LANGUAGE_HOST
def test_pulumis_own_engine_refuses_by_the_pack(tmp_path: Path, python: Path) -> None:
    """Every guardrail that is broken is named with its resource, and the preview fails."""
    subnets = [("a", "10.0.0.0/24"), ("b", "10.0.0.128/25")]
    done = previewed(tmp_path, python, PROGRAM.format(protect=True, subnets=subnets, peer="0.0.0.0/0"))
    assert done.returncode != 0
    for line in (
        "[mandatory]  open-administration  (openstack:networking:SecGroupRule: ssh)",
        "[mandatory]  addresses-overlap  (openstack:networking:Subnet: b)",
        "[mandatory]  protected-data  (openstack:blockstorage:Volume: data)",
    ):
        assert line in done.stdout, done.stdout + done.stderr


@NEEDS_CLI
@NEEDS_PLUGIN
@NEEDS_LANGUAGE_HOST
def test_pulumis_own_engine_goes_on_when_the_pack_is_content(tmp_path: Path, python: Path) -> None:
    """The preview ends well, and says that the pack was asked."""
    done = previewed(
        tmp_path, python, PROGRAM.format(protect=False, subnets=[("a", "10.0.0.0/24")], peer="192.0.2.0/24")
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✅ mutualis@v1.0.0" in done.stdout
