"""The Engine service: what a running program logs."""

from __future__ import annotations

from typing import Any, Final

from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from orchestrator.engine.deploy.report import Report
from orchestrator.engine.rpc.quiet import ENDED

_SEVERITIES: Final = {1: "info", 2: "warning", 3: "error"}


class EngineService(engine_pb2_grpc.EngineServicer):
    def __init__(self, report: Report) -> None:
        self._report = report
        self._root = ""

    def Log(self, request: Any, _context: Any) -> empty_pb2.Empty:  # noqa: N802 pulumirpc's own name
        """Debug messages come by the hundred and nobody asked for them: answered at once, kept nowhere."""
        severity = _SEVERITIES.get(request.severity)
        if severity is not None and ENDED not in request.message:
            self._report.log(severity, request.message, request.urn)
        return empty_pb2.Empty()

    def GetRootResource(self, _request: Any, _context: Any) -> engine_pb2.GetRootResourceResponse:  # noqa: N802 pulumirpc's own name
        return engine_pb2.GetRootResourceResponse(urn=self._root)

    def SetRootResource(self, request: Any, _context: Any) -> engine_pb2.SetRootResourceResponse:  # noqa: N802 pulumirpc's own name
        self._root = request.urn
        return engine_pb2.SetRootResourceResponse()

    def RequirePulumiVersion(self, _request: Any, _context: Any) -> engine_pb2.RequirePulumiVersionResponse:  # noqa: N802 pulumirpc's own name
        return engine_pb2.RequirePulumiVersionResponse()
