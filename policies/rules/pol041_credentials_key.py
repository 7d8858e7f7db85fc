"""POL041: who may enter has a key to which its credentials can be encrypted."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        entering = len(tenant.access.groups) + len(tenant.access.users)
        if entering and not tenant.access.age_keys:
            message = f"'{tenant.name}' lets {entering} groups and users in, and has no key to encrypt credentials to"
            yield Violation(object=tenant_ref(tenant), path=("spec", "access"), message=message)


RULE = Rule(
    code="POL041",
    name="credentials-key",
    severity=Severity.NOTE,
    summary="A tenant that lets groups or users in gives an age key, so that credentials never travel in clear.",
    hint="add access.ageKeys: the member runs age-keygen and sends its public key",
    reference="ANSSI, Guide d'hygiène informatique, measure 13; age, docs of the format",
    check=_check,
)
