"""Running a program whose function is at hand: its SDK calls our services as objects, without a server or a socket.

The SDK's own language server still runs the program, so that everything else is as ever; it is only given our
services where it expects their addresses.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NoReturn

import grpc
from pulumi.automation._server import LanguageServer

from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.rpc import debugging
from orchestrator.engine.rpc.engine_service import EngineService
from orchestrator.engine.rpc.monitor import Monitor
from orchestrator.engine.rpc.quiet import ENDED


def run_here(deployment: Deployment, program: Callable[[], Any], work_dir: str) -> str:
    """Run the program in this thread against this deployment; returns its error's text, or ""."""
    monitor = Monitor(deployment)
    request = SimpleNamespace(
        project=deployment.project,
        stack=deployment.stack,
        pwd=work_dir,
        program=".",
        args=[_Local(EngineService(deployment.report))],
        config=dict(deployment.config),
        configSecretKeys=sorted(deployment.secret_config),
        dryRun=deployment.options.dry_run,
        parallel=deployment.options.parallel,
        monitor_address=_Local(monitor),
        organization="organization",
    )
    try:
        with debugging.dropped(deployment.project, deployment.stack):
            answer = LanguageServer(program).Run(request, None)  # type: ignore[no-untyped-call]  # the SDK's own
        error = str(answer.error)
    except Exception as crash:  # noqa: BLE001  behind a server, gRPC would keep what the SDK lets out from its caller
        told = deployment.report.failures
        return told[-1] if told else f"the program's run failed: {type(crash).__name__}: {crash}"
    finally:
        monitor.close()
        deployment.gate.wait_until_idle()
    return "" if ENDED in error else error


class _Local:
    """A service in the form of a stub: called with a request alone."""

    def __init__(self, service: Any) -> None:
        self._service = service

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._service, name)
        return lambda request, *_args, **_options: method(request, _Here())


class _Here:
    """The context of a call that came over no wire."""

    def abort(self, code: grpc.StatusCode, details: str) -> NoReturn:
        raise Refused(code, details)


class Refused(grpc.RpcError):  # type: ignore[misc]  # grpc has no types here
    """What a stub raises where the service has refused a call."""

    def __init__(self, code: grpc.StatusCode, details: str) -> None:
        super().__init__(details)
        self._code = code
        self._details = details

    def code(self) -> grpc.StatusCode:
        return self._code

    def details(self) -> str:
        return self._details
