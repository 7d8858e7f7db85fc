"""Programs run for real against a resource monitor that records what they register and carries out nothing.

Not Pulumi's mocks: these are global to the process, and they do not tell dependencies, options and providers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2, json_format
from pulumi.automation._server import LanguageServer
from pulumi.runtime.proto import language_pb2, resource_pb2, resource_pb2_grpc

STACK = "pulumi:pulumi:Stack"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
FEATURES = (0, 1, 2, 3, 5, 6, 14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """One `RegisterResource` request. `inputs`: wire names; `depends`: URNs, of options and inputs alike.

    `formerly`: other names that the state may know it by.
    """

    urn: str
    type: str
    name: str
    custom: bool
    inputs: Mapping[str, Any]
    parent: str
    provider: str
    depends: frozenset[str]
    protect: bool
    ignore: tuple[str, ...]
    replace_on: tuple[str, ...]
    delete_first: bool
    formerly: tuple[str, ...]


@dataclass(kw_only=True)
class Run:
    """What one run of a program asked for. `calls`: (look-up, arguments); `error`: what it raised, as text."""

    resources: dict[str, Registered] = field(default_factory=dict)
    calls: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    exports: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""

    def of(self, kind: str) -> list[Registered]:
        return [one for one in self.resources.values() if one.type.endswith(f":{kind}")]

    def one(self, kind: str, name: str) -> Registered:
        found = [one for one in self.of(kind) if one.name == name]
        assert len(found) == 1, f"no single {kind} {name} among {sorted(one.name for one in self.of(kind))}"
        return found[0]

    def before(self, one: Registered) -> set[str]:
        """URNs of all that must stand before a resource, and so goes after it."""
        found: set[str] = set()
        waiting = [one.urn]
        while waiting:
            at = self.resources.get(waiting.pop())
            new = {*at.depends, at.parent, at.provider.rsplit("::", 1)[0]} - found if at else set()
            found |= new
            waiting += new
        return found & set(self.resources)


class RecordingMonitor(resource_pb2_grpc.ResourceMonitorServicer):
    """Answers as an engine would that has just made what was asked for; in a preview, nothing has an id."""

    def __init__(self, run: Run, *, preview: bool) -> None:
        self._run = run
        self._preview = preview
        self._lock = threading.Lock()

    def GetDeploymentInfo(self, request: Any, context: Any) -> Any:  # noqa: N802 - the protocol's names
        return resource_pb2.DeploymentInfo(supportedFeatures=FEATURES)

    def RegisterResource(self, request: Any, context: Any) -> Any:  # noqa: N802 pulumirpc's own name
        parent = request.parent.split("::")[2] if request.parent else ""
        nested = f"{parent}${request.type}" if parent and parent != STACK else request.type
        urn = f"urn:pulumi:stack::demo::{nested}::{request.name}"
        if request.type != STACK:
            self._record(urn, request)
        made = request.custom and not self._preview
        return resource_pb2.RegisterResourceResponse(
            urn=urn, id=f"id:{request.name}" if made else "", object=request.object
        )

    def _record(self, urn: str, request: Any) -> None:
        with self._lock:
            assert urn not in self._run.resources, f"registered twice: {urn}"
            self._run.resources[urn] = Registered(
                urn=urn,
                type=request.type,
                name=request.name,
                custom=request.custom,
                inputs=json_format.MessageToDict(request.object),
                parent=request.parent,
                provider=request.provider,
                depends=frozenset(request.dependencies),
                protect=request.protect,
                ignore=tuple(request.ignoreChanges),
                replace_on=tuple(request.replaceOnChanges),
                delete_first=request.deleteBeforeReplace,
                formerly=tuple(one.spec.name for one in request.aliases),
            )

    def RegisterResourceOutputs(self, request: Any, context: Any) -> Any:  # noqa: N802 pulumirpc's own name
        if request.urn.split("::")[2] == STACK:
            self._run.exports = json_format.MessageToDict(request.outputs)
        return empty_pb2.Empty()

    def Invoke(self, request: Any, context: Any) -> Any:  # noqa: N802 pulumirpc's own name
        arguments = json_format.MessageToDict(request.args)
        self._run.calls.append((request.tok, arguments))
        answer = resource_pb2.ResourceInvokeResponse()
        found = {"id": f"id:{arguments['name']}"}
        if request.tok.endswith(":getAuthScope"):
            found = {"userId": "id:whoever", "projectId": "id:admin-project"}
        getattr(answer, "return").update(found)
        return answer

    def SignalAndWaitForShutdown(self, request: Any, context: Any) -> Any:  # noqa: N802 pulumirpc's own name
        return empty_pb2.Empty()


@contextmanager
def serving(monitor: RecordingMonitor, folder: Path) -> Iterator[str]:
    address = f"unix://{folder}/monitor.sock"
    with ThreadPoolExecutor(4) as pool:
        server = grpc.server(pool)
        resource_pb2_grpc.add_ResourceMonitorServicer_to_server(monitor, server)
        server.add_insecure_port(address)
        server.start()
        try:
            yield address
        finally:
            server.stop(None).wait()


Runner = Callable[..., Run]


@pytest.fixture
def run_program(tmp_path: Path) -> Runner:
    """Run a program; `preview`, `stack`, `config` as the engine would say it. What it raises is the run's `error`."""

    def run(
        program: Callable[[], None],
        *,
        preview: bool = False,
        stack: str = "stack",
        config: Mapping[str, str] | None = None,
    ) -> Run:
        record = Run()
        with serving(RecordingMonitor(record, preview=preview), tmp_path) as address:
            request = language_pb2.RunRequest(
                project="demo",
                stack=stack,
                config=config or {},
                monitor_address=address,
                dryRun=preview,
                parallel=4,
            )
            record.error = LanguageServer(program).Run(request, None).error
        return record

    return run
