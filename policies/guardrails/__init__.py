"""The rules that resources must keep, whoever declares them; `policies/pack` takes them to Pulumi's own engine."""

from __future__ import annotations

from typing import Final

from policies.guardrails import addresses_overlap, lasting_names, open_administration, protected_data, whole_quotas
from policies.guardrails.guardrail import ResourceGuardrail, StackGuardrail

RESOURCE_GUARDRAILS: Final[tuple[ResourceGuardrail, ...]] = (
    open_administration.GUARDRAIL,
    whole_quotas.GUARDRAIL,
    lasting_names.GUARDRAIL,
)
STACK_GUARDRAILS: Final[tuple[StackGuardrail, ...]] = (addresses_overlap.GUARDRAIL, protected_data.GUARDRAIL)
