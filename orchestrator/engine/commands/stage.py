"""What every deployment of one operation has in common, whether it is in earnest or for show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.engine.backend import neighbour
from orchestrator.engine.backend.secrets import Vault
from orchestrator.engine.backend.stack_store import StackStore
from orchestrator.engine.deploy.actions import Actions
from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.deploy.gate import Gate
from orchestrator.engine.deploy.options import Options
from orchestrator.engine.deploy.record import Record
from orchestrator.engine.deploy.report import Report
from orchestrator.engine.deploy.sessions import Sessions
from orchestrator.engine.provider import Provider
from orchestrator.engine.state.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """`config`: key with namespace -> text, secrets in clear; `environment`: the operation's own."""

    store: StackStore
    vault: Vault
    provider: Provider
    environment: Mapping[str, str]
    config: Mapping[str, str]
    secret_config: frozenset[str]

    def deployment(self, snapshot: Snapshot, options: Options, report: Report, record: Record | None) -> Deployment:
        """`record`: where actions are recorded; None: nothing is created, updated or deleted."""
        gate = Gate(options.parallel)
        sessions = Sessions(self.provider, self.environment, snapshot, gate.interruption)
        return Deployment(
            project=self.store.layout.project,
            stack=self.store.layout.stack,
            options=options,
            snapshot=snapshot,
            provider=self.provider,
            actions=Actions(provider=self.provider, sessions=sessions, record=record, gate=gate),
            report=report,
            gate=gate,
            stack_outputs=lambda name: neighbour.outputs_of(self.store, name, self.vault),
            config=self.config,
            secret_config=self.secret_config,
        )
