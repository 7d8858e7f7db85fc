"""Families as bytes: in both formats, plain and compressed, made once and served as often as asked.

The lines of a gauge's samples are the same in both formats, so they are made once, here: prometheus_client takes eight
times as long for the two. What is no gauge it renders itself.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Final

from prometheus_client import generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.openmetrics import exposition as openmetrics
from prometheus_client.utils import floatToGoString

from orchestrator.adapters.exporter_prometheus.negotiation import Format

GZIP_LEVEL: Final = 6  # 10 000 samples: 6 ms; 9 takes three times as long for little
END: Final = b"# EOF\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One rendering: Prometheus' text format 0.0.4 and OpenMetrics 1.0."""

    plain: bytes
    compressed: bytes
    openmetrics: bytes
    openmetrics_compressed: bytes

    def forms(self) -> dict[str, bytes]:
        """What this class holds, without what a class made of it holds besides."""
        return {one.name: getattr(self, one.name) for one in fields(Page)}

    def body(self, form: Format, *, compressed: bool) -> bytes:
        if form is Format.OPENMETRICS:
            return self.openmetrics_compressed if compressed else self.openmetrics
        return self.compressed if compressed else self.plain


class _Collected:
    """What prometheus_client renders: anything that has families."""

    def __init__(self, family: Metric) -> None:
        self._family = family

    def collect(self) -> Iterator[Metric]:
        yield self._family


def rendered(families: Sequence[Metric]) -> dict[str, bytes]:
    """The fields of a Page."""
    pairs = [_rendered(family) for family in families]
    plain, other = b"".join(pair[0] for pair in pairs), b"".join((*(pair[1] for pair in pairs), END))
    return {
        "plain": plain,
        "compressed": _compressed(plain),
        "openmetrics": other,
        "openmetrics_compressed": _compressed(other),
    }


def _rendered(family: Metric) -> tuple[bytes, bytes]:
    """As plain text, and as OpenMetrics without its end."""
    if not _is_plain_gauge(family):
        collected = _Collected(family)
        other = bytes(openmetrics.generate_latest(collected))  # type: ignore[no-untyped-call]  # the library forgot them
        return generate_latest(collected), other.removesuffix(END)
    text = family.documentation.replace("\\", r"\\").replace("\n", r"\n")
    quoted = text.replace('"', r"\"")
    samples = f"# TYPE {family.name} gauge\n" + "".join(_lines(family))
    return f"# HELP {family.name} {text}\n{samples}".encode(), f"# HELP {family.name} {quoted}\n{samples}".encode()


def _is_plain_gauge(family: Metric) -> bool:
    """Ours, as GaugeMetricFamily makes them: no unit, no times, no exemplars."""
    return family.type == "gauge" and not family.unit and all(sample.timestamp is None for sample in family.samples)


def _lines(family: Metric) -> Iterator[str]:
    for sample in family.samples:
        value = floatToGoString(sample.value)  # type: ignore[no-untyped-call]  # the library forgot them
        if sample.labels:
            labels = ",".join([f'{name}="{_escaped(sample.labels[name])}"' for name in sorted(sample.labels)])
            yield f"{sample.name}{{{labels}}} {value}\n"
        else:
            yield f"{sample.name} {value}\n"


def _escaped(text: str) -> str:
    if '"' in text or "\\" in text or "\n" in text:
        return text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
    return text


def _compressed(text: bytes) -> bytes:
    return gzip.compress(text, compresslevel=GZIP_LEVEL, mtime=0)
