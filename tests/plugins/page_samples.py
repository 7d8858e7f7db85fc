"""Pages of the exporter as samples, and what differs between a page and the slow second opinion."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from prometheus_client.parser import text_string_to_metric_families
from slow_book import Book, Key, Samples

NOTHING: Mapping[Key, float] = MappingProxyType({})


def samples_of(page: str) -> Samples:
    """Every sample of a page in the text format; one that stands twice is an error."""
    samples: Samples = {}
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            key = (sample.name, tuple(sorted(sample.labels.items())))
            assert key not in samples, f"{key} stands twice"
            samples[key] = sample.value
    return samples


def figures_of(page: Samples, book: Book) -> Samples:
    """Without times, costs, and what has bounds."""
    others = {*book.times, *book.bounds}
    return {key: value for key, value in page.items() if key not in others and key[0] not in book.costs}


def differences(page: Samples, book: Book, changed: Mapping[Key, float] = NOTHING) -> list[str]:
    """What is missing, too many or another; `changed`: figures that are now others than the book has."""
    found, wanted = figures_of(page, book), {**book.samples, **changed}
    told = [
        f"{_text(key)}: {found.get(key, 'missing')}, the slow method says {wanted.get(key, 'nothing')}"
        for key in sorted({*found, *wanted})
        if found.get(key) != wanted.get(key)
    ]
    outside = [
        f"{_text(key)}: {page.get(key, 'missing')}, the slow method says {least} to {most}"
        for key, (least, most) in sorted(book.bounds.items())
        if not least <= page.get(key, -1) <= most
    ]
    return [*told, *outside, *(f"{_text(key)}: missing" for key in sorted(book.times - page.keys()))]


def own_figures(book: Book, tenant: str) -> Samples:
    """What a member may see: all that bears its name."""
    own = {key: value for key, value in book.samples.items() if ("tenant", tenant) in key[1]}
    return {**own, ("mutualis_specs_up", ()): 1}


def _text(key: Key) -> str:
    name, labels = key
    return f"{name}{{{', '.join(f'{label}={value}' for label, value in labels)}}}"
