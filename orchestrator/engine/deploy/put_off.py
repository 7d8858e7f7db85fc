"""Updates that a service refused until this run's deletions were done: a limit below what is still in use."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from orchestrator.engine.deploy.deployment import Deployment, PutOff, explained
from orchestrator.engine.deploy.gate import Stopped
from orchestrator.engine.provider import NotYet

PATIENCE: Final = 10.0  # seconds: a service counts a deleted object for a moment after it is gone
_PAUSE: Final = 0.5


def carry_out(deployment: Deployment) -> None:
    """Do what was put off; what is still refused fails like any other step."""
    for put_off in deployment.put_off:
        try:
            _patiently(deployment, put_off.work)
        except Stopped:
            return
        except Exception as error:  # noqa: BLE001  a step's failure of any kind must not take the others with it
            _fail(deployment, put_off, error)


def _patiently(deployment: Deployment, work: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            work()
        except NotYet:
            if time.monotonic() > end:
                raise
            deployment.gate.pause(_PAUSE)
        else:
            return


def _fail(deployment: Deployment, put_off: PutOff, error: Exception) -> None:
    deployment.report.failed(put_off.step, explained(error))
    if not deployment.options.continue_on_error:
        deployment.gate.stop()
