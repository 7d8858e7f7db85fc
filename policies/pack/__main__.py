"""What Pulumi's engine runs: guardrails as policies, resources as guardrails want them. The only door to the SDK."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pulumi_policy as sdk
from pulumi_policy.proxy import UnknownValueError

from policies.guardrails import RESOURCE_GUARDRAILS, STACK_GUARDRAILS
from policies.guardrails.guardrail import UNKNOWN, Declared, ResourceGuardrail, StackGuardrail

Report = Callable[..., None]


def _known(props: Any) -> dict[str, Any]:
    """The inputs, UNKNOWN where the SDK refuses to give a value; what is not set is not written."""
    known = {}
    for name in props:
        try:
            value = props[name]
        except UnknownValueError:
            value = UNKNOWN
        if value is not None:
            known[name] = value
    return known


def _declared(resource: Any, parent: str) -> Declared:
    return Declared(
        kind=resource.resource_type,
        name=resource.name,
        urn=resource.urn,
        inputs=_known(resource.props),
        parent=parent,
        protected=bool(resource.opts.protect),
    )


def _resource_policy(guardrail: ResourceGuardrail) -> Any:
    def validate(args: Any, report: Report) -> None:
        for message in guardrail.check(_declared(args, parent="")):
            report(message)

    return sdk.ResourceValidationPolicy(guardrail.name, guardrail.summary, validate)


def _stack_policy(guardrail: StackGuardrail) -> Any:
    def validate(args: Any, report: Report) -> None:
        declared = [_declared(one, one.parent.urn if one.parent else "") for one in args.resources]
        for resource, message in guardrail.check(declared):
            report(message, resource.urn)

    return sdk.StackValidationPolicy(guardrail.name, guardrail.summary, validate)


sdk.PolicyPack(
    "mutualis",
    [*map(_resource_policy, RESOURCE_GUARDRAILS), *map(_stack_policy, STACK_GUARDRAILS)],
    enforcement_level=sdk.EnforcementLevel.MANDATORY,
)
