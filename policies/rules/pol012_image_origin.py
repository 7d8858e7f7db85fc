"""POL012: what servers start from comes from publishers that the region trusts."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import ObjectRef, Severity
from orchestrator.model.rule import Subject, Violation
from policies.rule import Rule


def _check(subject: Subject) -> Iterator[Violation]:
    """An image that names no origin cannot be judged."""
    region, catalogue = subject.specs.region, subject.specs.catalogue
    for image in catalogue.images.values():
        if image.origin and image.origin.country not in region.image_countries:
            yield Violation(
                object=ObjectRef(kind="Catalogue", name=catalogue.name),
                path=("spec", "images", image.name, "origin", "country"),
                message=f"image '{image.name}' is published by '{image.origin.publisher}' in {image.origin.country}; "
                f"region '{region.name}' takes images from {', '.join(region.image_countries)}",
            )


RULE = Rule(
    code="POL012",
    name="image-origin",
    severity=Severity.ERROR,
    summary="The publisher of every image sits in a country from which the region takes images.",
    hint="take another image, or add the country to residency.imageCountries",
    reference="ISO/IEC 27002:2022, 5.21 (security in the ICT supply chain)",
    check=_check,
)
