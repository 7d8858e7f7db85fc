"""The provider that pretends, as a plugin of Pulumi's own protocol: its CLI attaches to it by PULUMI_DEBUG_PROVIDERS.

What it says to a check is what the product's provider says, so that either engine finds the other's state unchanged.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.rpc.values import from_struct, to_struct

SAME = provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)


class PretendingPlugin(provider_pb2_grpc.ResourceProviderServicer):
    """`pulumirpc.ResourceProvider` for programs in which resources are made, and nothing is ever changed."""

    def __init__(self) -> None:
        self._provider = OpenStackProvider()

    def Attach(self, *_: Any) -> empty_pb2.Empty:  # noqa: N802 pulumirpc's own name
        return empty_pb2.Empty()

    def GetPluginInfo(self, *_: Any) -> plugin_pb2.PluginInfo:  # noqa: N802 pulumirpc's own name
        return plugin_pb2.PluginInfo(version=self._provider.version)

    def CheckConfig(self, request: Any, _: Any) -> provider_pb2.CheckResponse:  # noqa: N802 pulumirpc's own name
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, *_: Any) -> provider_pb2.DiffResponse:  # noqa: N802 pulumirpc's own name
        return SAME

    def Configure(self, *_: Any) -> provider_pb2.ConfigureResponse:  # noqa: N802 pulumirpc's own name
        return provider_pb2.ConfigureResponse(supportsPreview=True)

    def Check(self, request: Any, _: Any) -> provider_pb2.CheckResponse:  # noqa: N802 pulumirpc's own name
        _, _, kind, name = request.urn.split("::", 3)
        return provider_pb2.CheckResponse(
            inputs=to_struct(self._provider.check(kind.rsplit("$", 1)[-1], name, from_struct(request.news)).inputs)
        )

    def Diff(self, *_: Any) -> provider_pb2.DiffResponse:  # noqa: N802 pulumirpc's own name
        return SAME

    def Create(self, request: Any, _: Any) -> provider_pb2.CreateResponse:  # noqa: N802 pulumirpc's own name
        given = {name: value for name, value in from_struct(request.properties).items() if name != "__defaults"}
        return provider_pb2.CreateResponse(id="" if request.preview else uuid.uuid4().hex, properties=to_struct(given))


@contextmanager
def serving() -> Iterator[int]:
    """The port on 127.0.0.1 where the plugin answers."""
    server = grpc.server(ThreadPoolExecutor(max_workers=8))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(PretendingPlugin(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield port
    finally:
        server.stop(None).wait()
