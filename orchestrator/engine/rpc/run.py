"""Running a program: our services on a private socket, and the call that starts it in the SDK's server."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import grpc
from pulumi.runtime.proto import engine_pb2_grpc, language_pb2, language_pb2_grpc, resource_pb2_grpc

from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.rpc import debugging
from orchestrator.engine.rpc.channel import OPTIONS, open_channel
from orchestrator.engine.rpc.engine_service import EngineService
from orchestrator.engine.rpc.monitor import Monitor
from orchestrator.engine.rpc.quiet import CRASHED, ENDED, keep_quiet

_PROGRAM_CALLS: Final = 4  # the SDK makes at most so many calls at once for each step that may run in parallel
_MOST_PARALLEL: Final = 64  # of the program's calls; more threads than that only get in each other's way

_LONGEST_PLACE: Final = 70  # characters
_GRACE: Final = 5.0  # seconds; nothing is open any more, and gRPC complains on stderr about a stop without any


def run_program(deployment: Deployment, client: str, work_dir: str) -> str:
    """Run the program behind `client` against this deployment; returns its error's text, or "".

    Every call that the program can have open at once has a thread here, so none waits for another's.
    """
    parallel = min(deployment.options.parallel, _MOST_PARALLEL)
    keep_quiet()
    directory = Path(tempfile.mkdtemp(prefix="pulumi-engine-", dir=_place()))  # 0700: nobody else gets at the socket
    server = grpc.server(ThreadPoolExecutor(_PROGRAM_CALLS * parallel + 8), options=OPTIONS)
    monitor = Monitor(deployment)
    try:
        resource_pb2_grpc.add_ResourceMonitorServicer_to_server(monitor, server)
        engine_pb2_grpc.add_EngineServicer_to_server(EngineService(deployment.report), server)
        address = f"unix://{directory}/engine.sock"
        server.add_insecure_port(address)
        server.start()
        request = _request(deployment, address, work_dir, parallel)
        with debugging.dropped(deployment.project, deployment.stack):
            error = _call(client, request)
        if CRASHED in error and deployment.report.failures:
            return deployment.report.failures[-1]  # the program's own error was told before its server tripped
        return "" if ENDED in error else error
    finally:
        monitor.close()
        deployment.gate.wait_until_idle()
        server.stop(_GRACE).wait()
        shutil.rmtree(directory, ignore_errors=True)


def _place() -> str | None:
    """A socket's path may have 107 characters; a long temporary directory leaves too few."""
    return "/tmp" if len(tempfile.gettempdir()) > _LONGEST_PLACE else None  # noqa: S108  mkdtemp makes it safe


def _call(client: str, request: language_pb2.RunRequest) -> str:
    with open_channel(client) as channel:
        try:
            response = language_pb2_grpc.LanguageRuntimeStub(channel).Run(request)
        except grpc.RpcError as error:
            return f"the program's server failed: {error.details()}"
    return str(response.error)


def _request(deployment: Deployment, address: str, work_dir: str, parallel: int) -> language_pb2.RunRequest:
    config: Mapping[str, str] = deployment.config
    return language_pb2.RunRequest(
        project=deployment.project,
        stack=deployment.stack,
        pwd=work_dir,
        program=".",
        args=[address],
        config=config,
        configSecretKeys=sorted(deployment.secret_config),
        dryRun=deployment.options.dry_run,
        parallel=parallel,
        monitor_address=address,
        organization="organization",
        info=language_pb2.ProgramInfo(root_directory=work_dir, program_directory=work_dir, entry_point="."),
    )
