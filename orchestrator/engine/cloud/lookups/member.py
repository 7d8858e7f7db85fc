"""A look-up of something whose address is known: the quota of a project, a keypair."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.lookups.reading import told
from orchestrator.engine.cloud.lookups.search import REGION, arguments_in, filled, only

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.lookups.asked import Asked
    from orchestrator.engine.cloud.lookups.reading import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """`path`, with `{argument}`s; `within`: keys that lead to the body; `sent`: arguments of the query.

    `told`: results, and what of the body they are; `identity`: the id, of arguments and `region`.
    """

    service: str
    path: str
    within: tuple[str, ...]
    told: Mapping[str, Key]
    sent: Mapping[str, str] = field(default_factory=dict)
    needed: frozenset[str] = frozenset()
    identity: str = "{projectId}/{region}"
    version: str = ""

    @property
    def required(self) -> frozenset[str]:
        return arguments_in(self.path) | self.needed

    @property
    def arguments(self) -> frozenset[str]:
        return frozenset({*self.required, *self.sent, REGION})

    @property
    def results(self) -> frozenset[str]:
        return frozenset({*self.told, *arguments_in(self.identity), "id", REGION})

    def __call__(self, asked: Asked) -> dict[str, Any]:
        query = {key: asked.given[name] for name, key in self.sent.items() if name in asked.given}
        path = filled(self.path, asked.given)
        try:
            body = asked.service(self.service).get(path, version=self.version, **query)
        except ServiceFault as fault:
            if fault.status == HTTPStatus.NOT_FOUND:
                only((), asked.what, asked.given)
            raise
        for key in self.within:
            body = body[key]
        results = {name: told(body, key) for name, key in self.told.items()}
        given = {**asked.given, REGION: asked.region}
        return {**given, **results, "id": self.identity.format(**given)}
