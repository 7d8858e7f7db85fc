"""POL039: everything that the catalogue offers has a price today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orchestrator.model.catalogue import Catalogue, Tariff
from orchestrator.model.finding import ObjectRef, Path, Severity
from orchestrator.model.price import tariff_on
from orchestrator.model.rule import Subject, Violation
from policies.named import named
from policies.rule import Rule


def _check(subject: Subject) -> Iterator[Violation]:
    """A catalogue without tariffs charges nobody."""
    catalogue = subject.specs.catalogue
    for message in _faults(catalogue, tariff_on(catalogue.tariffs, subject.today)) if catalogue.tariffs else ():
        path: Path = ("spec", "tariffs")
        yield Violation(object=ObjectRef(kind="Catalogue", name=catalogue.name), path=path, message=message)


def _faults(catalogue: Catalogue, tariff: Tariff | None) -> Iterator[str]:
    if tariff is None:
        yield f"no tariff is valid yet; the first begins on {catalogue.tariffs[0].valid_from}"
        return
    offers: tuple[tuple[str, Mapping[str, object], Mapping[str, float]], ...] = (
        ("volume", catalogue.tiers, tariff.per_storage_gib),
        ("object", catalogue.object_tiers, tariff.per_object_storage_gib),
        ("backup", catalogue.backup_tiers, tariff.per_backup_gib),
    )
    for what, offered, prices in offers:
        free = [tier for tier in offered if tier not in prices]
        if free:
            yield f"the tariff of {tariff.valid_from} has no price for {what} tier {named(free)}: it is given away"


RULE = Rule(
    code="POL039",
    name="tariff",
    severity=Severity.WARNING,
    summary="Where there are tariffs, one is valid today and has a price for every tier.",
    hint="add the price; 0 gives it away on purpose",
    reference="tariffs of the Catalogue, docs/spec/reference.md",
    check=_check,
)
