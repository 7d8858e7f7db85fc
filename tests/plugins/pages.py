"""Rendered pages as tests read them, by prometheus_client's own parser."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

Series = dict[tuple[str, frozenset[tuple[str, str]]], float]


def series(text: bytes) -> Series:
    """Name and non-empty labels -> value; a repeated series is an error."""
    found: Series = {}
    for family in text_string_to_metric_families(text.decode()):
        for sample in family.samples:
            key = (sample.name, frozenset((name, value) for name, value in sample.labels.items() if value))
            assert key not in found, key
            found[key] = sample.value
    return found


def value(found: Series, metric: str, **labels: str) -> float:
    return found[(metric, frozenset(labels.items()))]


def named(found: Series, metric: str) -> dict[tuple[str, ...], float]:
    """One family: values of its labels, sorted by label name, -> value."""
    return {
        tuple(text for _, text in sorted(labels)): number for (name, labels), number in found.items() if name == metric
    }
