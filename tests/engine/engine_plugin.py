"""The fake cloud as a plugin of Pulumi's own protocol, so that the official engine can be tried on it as well.

The CLI attaches to it (`PULUMI_DEBUG_PROVIDERS`) instead of starting a `pulumi-resource-openstack` for each provider
of the program. What would be processes are connections then: each provider has its own, and its session with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import grpc
from engine_fake_cloud import FakeProvider, FakeSession
from google.protobuf import any_pb2, empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc, status_pb2

from orchestrator.engine.provider import Change, ProviderError
from orchestrator.engine.rpc.values import from_struct, to_struct
from orchestrator.engine.state.values import plain

_DIFF = provider_pb2.DiffResponse
_KINDS = {
    "add": (provider_pb2.PropertyDiff.ADD, provider_pb2.PropertyDiff.ADD_REPLACE),
    "delete": (provider_pb2.PropertyDiff.DELETE, provider_pb2.PropertyDiff.DELETE_REPLACE),
    "update": (provider_pb2.PropertyDiff.UPDATE, provider_pb2.PropertyDiff.UPDATE_REPLACE),
}


def _type(urn: str) -> str:
    return urn.split("::")[2].rsplit("$", 1)[-1]


class FakePlugin(provider_pb2_grpc.ResourceProviderServicer):
    """`pulumirpc.ResourceProvider` in terms of `FakeProvider`."""

    def __init__(self, provider: FakeProvider) -> None:
        self._provider = provider
        self._sessions: dict[str, FakeSession] = {}

    def _session(self, context: Any) -> FakeSession:
        """The session of the connection that asks."""
        return self._sessions[context.peer()]

    def Attach(self, request: Any, context: Any) -> empty_pb2.Empty:  # noqa: N802 pulumirpc's own name
        return empty_pb2.Empty()

    def Cancel(self, request: Any, context: Any) -> empty_pb2.Empty:  # noqa: N802 pulumirpc's own name
        return empty_pb2.Empty()

    def GetPluginInfo(self, request: Any, context: Any) -> plugin_pb2.PluginInfo:  # noqa: N802 pulumirpc's own name
        return plugin_pb2.PluginInfo(version=self._provider.version)

    def CheckConfig(self, request: Any, context: Any) -> provider_pb2.CheckResponse:  # noqa: N802 pulumirpc's own name
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: Any, context: Any) -> provider_pb2.DiffResponse:  # noqa: N802 pulumirpc's own name
        same = request.news == request.old_inputs
        return _DIFF(changes=_DIFF.DIFF_NONE if same else _DIFF.DIFF_SOME)

    def Configure(self, request: Any, context: Any) -> provider_pb2.ConfigureResponse:  # noqa: N802 pulumirpc's own name
        given = {name: value for name, value in plain(from_struct(request.args)).items() if name != "version"}
        self._sessions[context.peer()] = self._provider.session(given, {})
        return provider_pb2.ConfigureResponse(supportsPreview=True)

    def Check(self, request: Any, context: Any) -> provider_pb2.CheckResponse:  # noqa: N802 pulumirpc's own name
        given, before = from_struct(request.news), from_struct(request.olds)
        kept = "name" in before.get("__defaults", []) and "name" not in given
        name = {"name": before["name"]} if kept else {}
        checked = self._provider.check(_type(request.urn), request.urn.rsplit("::", 1)[1], {**given, **name})
        inputs = {**checked.inputs, "__defaults": ["name"]} if kept else checked.inputs
        failures = [provider_pb2.CheckFailure(reason=reason) for reason in checked.failures]
        return provider_pb2.CheckResponse(inputs=to_struct(inputs), failures=failures)

    def Diff(self, request: Any, context: Any) -> provider_pb2.DiffResponse:  # noqa: N802 pulumirpc's own name
        found = self._provider.diff(
            _type(request.urn),
            old_outputs=from_struct(request.olds),
            inputs=from_struct(request.news),
            old_inputs=from_struct(request.old_inputs),
        )
        detailed = {
            path: provider_pb2.PropertyDiff(kind=_KINDS[kind][path in found.replace_paths])
            for path, kind in found.paths.items()
        }
        return _DIFF(
            changes=_DIFF.DIFF_NONE if found.change is Change.SAME else _DIFF.DIFF_SOME,
            diffs=list(found.paths),
            replaces=list(found.replace_paths),
            detailedDiff=detailed,
            hasDetailedDiff=True,
            deleteBeforeReplace=found.delete_before_replace and bool(found.replace_paths),
        )

    def Create(self, request: Any, context: Any) -> provider_pb2.CreateResponse:  # noqa: N802 pulumirpc's own name
        kind, inputs = _type(request.urn), from_struct(request.properties)
        if request.preview:
            return provider_pb2.CreateResponse(properties=to_struct(_plain(inputs)))
        ids: list[str] = []
        try:
            made = self._session(context).create(kind, inputs, seconds=request.timeout or None, created=ids.append)
        except ProviderError as error:
            if not ids:
                context.abort(grpc.StatusCode.UNKNOWN, str(error))
            _half_made(context, ids[0], _plain(inputs), (str(error),))
        if made.problems:
            _half_made(context, made.id, made.outputs, made.problems)
        return provider_pb2.CreateResponse(id=made.id, properties=to_struct(made.outputs))

    def Read(self, request: Any, context: Any) -> provider_pb2.ReadResponse:  # noqa: N802 pulumirpc's own name
        outputs = from_struct(request.properties)
        try:
            read = self._session(context).read(_type(request.urn), request.id, from_struct(request.inputs), outputs)
        except ProviderError as error:
            context.abort(grpc.StatusCode.UNKNOWN, str(error))
        if read is None:
            return provider_pb2.ReadResponse()
        return provider_pb2.ReadResponse(
            id=request.id, inputs=to_struct(read.inputs), properties=to_struct(read.outputs)
        )

    def Update(self, request: Any, context: Any) -> provider_pb2.UpdateResponse:  # noqa: N802 pulumirpc's own name
        kind, inputs, outputs = _type(request.urn), from_struct(request.news), from_struct(request.olds)
        if request.preview:
            return provider_pb2.UpdateResponse(properties=to_struct({**outputs, **_plain(inputs)}))
        try:
            made = self._session(context).update(kind, request.id, outputs, inputs, seconds=request.timeout or None)
        except ProviderError as error:
            context.abort(grpc.StatusCode.UNKNOWN, str(error))
        return provider_pb2.UpdateResponse(properties=to_struct(made))

    def Delete(self, request: Any, context: Any) -> empty_pb2.Empty:  # noqa: N802 pulumirpc's own name
        try:
            self._session(context).delete(_type(request.urn), request.id, from_struct(request.properties), seconds=None)
        except ProviderError as error:
            context.abort(grpc.StatusCode.UNKNOWN, str(error))
        return empty_pb2.Empty()

    def Invoke(self, request: Any, context: Any) -> provider_pb2.InvokeResponse:  # noqa: N802 pulumirpc's own name
        try:
            found = self._session(context).invoke(request.tok, from_struct(request.args))
        except ProviderError as error:
            context.abort(grpc.StatusCode.UNKNOWN, str(error))
        return provider_pb2.InvokeResponse(**{"return": to_struct(found)})


def _plain(inputs: Any) -> dict[str, Any]:
    return {name: value for name, value in inputs.items() if name != "__defaults"}


def _half_made(context: Any, id_: str, outputs: Any, problems: tuple[str, ...]) -> None:
    """The object exists, but did not come up: Pulumi's way of saying both."""
    detail = any_pb2.Any()
    detail.Pack(
        provider_pb2.ErrorResourceInitFailed(id=id_, properties=to_struct(outputs), reasons=list(problems)),
    )
    status = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=problems[0], details=[detail])
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    context.abort(grpc.StatusCode.UNKNOWN, problems[0])


@contextmanager
def serving(provider: FakeProvider) -> Iterator[int]:
    """The port on 127.0.0.1 where the plugin answers."""
    server = grpc.server(ThreadPoolExecutor(max_workers=32))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(FakePlugin(provider), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield port
    finally:
        server.stop(None).wait()
