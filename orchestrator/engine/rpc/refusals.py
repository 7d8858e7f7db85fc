"""Calls of the ResourceMonitor protocol that are not carried out: a program that makes one is told by name."""

from __future__ import annotations

from typing import Any

from pulumi.runtime.proto import resource_pb2_grpc


class Refusals(resource_pb2_grpc.ResourceMonitorServicer):
    """The part of the service that refuses; `refuse` is the other part's."""

    def refuse(self, context: Any, feature: str) -> Any:
        """End the program, saying that the feature is not carried out."""
        raise NotImplementedError

    def Call(self, request: Any, context: Any) -> Any:  # noqa: N802 pulumirpc's own name
        return self.refuse(context, f"{request.tok}: calls of methods")

    def ExistsResource(self, _request: Any, context: Any) -> Any:  # noqa: N802 pulumirpc's own name
        return self.refuse(context, "questions whether a resource exists")

    def RegisterPackage(self, request: Any, context: Any) -> Any:  # noqa: N802 pulumirpc's own name
        return self.refuse(context, f"{request.name}: parameterized packages")

    def RegisterResourceHook(self, request: Any, context: Any) -> Any:  # noqa: N802 pulumirpc's own name
        return self.refuse(context, f"{request.name}: resource hooks")

    def RegisterErrorHook(self, request: Any, context: Any) -> Any:  # noqa: N802 pulumirpc's own name
        return self.refuse(context, f"{request.name}: error hooks")
