"""A port. What it was given and what it has are different properties: `fixedIps` and `allFixedIps`, ..."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud import values
from orchestrator.engine.cloud.collection import Collection
from orchestrator.engine.cloud.resources.port_addresses import released

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

_ADDRESSES: Final = ("fixedIps", "noFixedIp")
_GROUPS: Final = ("securityGroupIds", "noSecurityGroups")
_ODD: Final = frozenset({*_ADDRESSES, *_GROUPS, "binding"})


class Port(Collection):
    def encoded(self, action: Action, inputs: Mapping[str, Any]) -> dict[str, Any]:
        body = super().encoded(action, {name: value for name, value in inputs.items() if name not in _ODD})
        return body | _binding(action, inputs.get("binding") or {})

    def creation(self, action: Action, inputs: Properties) -> dict[str, Any]:
        body = super().creation(action, inputs)
        if inputs.get("fixedIps") or inputs.get("noFixedIp"):
            body["fixed_ips"] = _fixed_ips(action, inputs)
        if inputs.get("securityGroupIds") or inputs.get("noSecurityGroups"):
            body["security_groups"] = _groups(inputs)
        return body

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:
        new = {**known, **changed}
        added: dict[str, Any] = {}
        if any(name in changed for name in _ADDRESSES):
            added["fixed_ips"] = released(action, id_, _fixed_ips(action, new))
        if any(name in changed for name in _GROUPS):
            added["security_groups"] = _groups(new)
        return super().update(action, id_, {**changed, **added}, known)

    def changes(self, action: Action, changed: Mapping[str, Any]) -> dict[str, Any]:
        direct = {key: changed[key] for key in ("fixed_ips", "security_groups") if key in changed}
        plain = {name: value for name, value in changed.items() if name in action.type.inputs and name not in _ODD}
        return super().changes(action, plain) | _binding(action, changed.get("binding") or {}) | direct

    def outputs(self, action: Action, body: dict[str, Any], known: Properties) -> dict[str, Any]:
        binding = {field.key: body.get(field.key) for field in action.type.inputs["binding"].fields.values()}
        profile = binding.get("binding:profile")
        given = (known.get("binding") or {}).get("profile")
        binding["binding:profile"] = given if _same(given, profile) else json.dumps(profile) if profile else None
        pairs = [
            pair if pair.get("mac_address") != body.get("mac_address") else {"ip_address": pair["ip_address"]}
            for pair in body.get("allowed_address_pairs") or ()
        ]
        told = {
            "allFixedIps": [ip["ip_address"] for ip in body.get("fixed_ips") or ()],
            "allSecurityGroupIds": sorted(body.get("security_groups") or ()),
            "dnsAssignments": body.get("dns_assignment") or [],
            "binding": values.decode_fields(action.type.inputs["binding"], binding),
        }  # fmt: skip
        return super().outputs(action, {**body, "allowed_address_pairs": pairs}, known) | told


def _fixed_ips(action: Action, inputs: Mapping[str, Any]) -> list[dict[str, Any]]:
    return values.encode(action.type.inputs["fixedIps"], inputs.get("fixedIps") or []) or []


def _groups(inputs: Mapping[str, Any]) -> list[str]:
    return [] if inputs.get("noSecurityGroups") else sorted(inputs.get("securityGroupIds") or ())


def _binding(action: Action, binding: Mapping[str, Any]) -> dict[str, Any]:
    """`binding:*` keys; the profile is written as JSON text. What Neutron alone decides is not sent."""
    sent = {name: value for name, value in binding.items() if name in {"hostId", "vnicType"}}
    body = values.encode_fields(action.type.inputs["binding"], sent)
    if binding.get("profile"):
        body["binding:profile"] = json.loads(binding["profile"])
    return body


def _same(given: str | None, profile: Any) -> bool:
    try:
        return bool(given) and json.loads(str(given)) == profile
    except ValueError:
        return False
