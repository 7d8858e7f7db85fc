"""What is sent to whom: format and compression."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from exporter_client import ask
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as plain_text

from orchestrator.adapters.exporter_prometheus.exporter import Exporter
from orchestrator.adapters.exporter_prometheus.negotiation import (
    Format,
    chosen_format,
    takes_gzip,
    takes_plain_bytes,
)

PROMETHEUS_3 = (
    "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
    "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
    "text/plain;version=0.0.4;q=0.3,*/*;q=0.2"
)
PROMETHEUS_2 = (
    "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
    "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", Format.PLAIN),
        ("*/*", Format.PLAIN),
        (PROMETHEUS_2, Format.OPENMETRICS),
        (PROMETHEUS_3, Format.OPENMETRICS),
        ("application/openmetrics-text", Format.OPENMETRICS),
        ("application/openmetrics-text;q=0.2, text/plain;q=0.3", Format.PLAIN),
        ("APPLICATION/OpenMetrics-Text; VERSION=1.0.0", Format.OPENMETRICS),
        ("application/openmetrics-text;version=0.0.1,*/*;q=0.1", Format.PLAIN),
        ("text/html,application/xhtml+xml,*/*;q=0.8", Format.PLAIN),
        ("text/*", Format.PLAIN),
        ("text/plain;q=0,*/*", Format.OPENMETRICS),
        ("application/json", None),
        ("*/*;q=0", None),
        ("text/plain;version=9", None),
        ("text/plain;q=much", None),
    ],
)
def test_format_is_the_one_that_the_client_likes_best(accept: str, form: Format | None) -> None:
    """As Prometheus' own servers choose; None is 406."""
    assert chosen_format(accept) is form


@pytest.mark.parametrize(
    ("accept", "compressed", "plain"),
    [
        ("", False, True),
        ("gzip", True, True),
        ("deflate, gzip;q=0.5", True, True),
        ("gzip;q=0", False, True),
        ("*", True, True),
        ("*;q=0", False, False),
        ("identity;q=0", False, False),
        ("x-gzip, identity;q=0", True, False),
        ("gzipped", False, True),
    ],
)
def test_compression_is_used_when_it_is_welcome(accept: str, *, compressed: bool, plain: bool) -> None:
    """A weight of 0 refuses; a name that only begins alike is another one."""
    assert (takes_gzip(accept), takes_plain_bytes(accept)) == (compressed, plain)


def test_openmetrics_says_the_same_as_plain_text(serve: Callable[..., Exporter]) -> None:
    """Same families, same samples; it ends with EOF, and says its type."""
    url = serve().url
    plain = ask(url, "/metrics", Accept="text/plain")
    other = ask(url, "/metrics", Accept=PROMETHEUS_3, Accept_Encoding="gzip")
    assert other.headers["Content-Type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8"
    assert other.headers["Vary"] == "Accept, Accept-Encoding"
    text = gzip.decompress(other.body).decode()
    assert text.endswith("# EOF\n")
    found = {one.name: sorted(map(str, one.samples)) for one in openmetrics(text)}
    assert found == {one.name: sorted(map(str, one.samples)) for one in plain_text(plain.body.decode())}


@pytest.mark.parametrize("headers", [{"Accept": "application/json"}, {"Accept_Encoding": "identity;q=0"}])
def test_what_cannot_be_said_is_not_acceptable(serve: Callable[..., Exporter], headers: dict[str, str]) -> None:
    """406 and what there is, not a form that was refused."""
    answer = ask(serve().url, "/metrics", **headers)
    assert answer.status == 406
    assert b"openmetrics" in answer.body


def test_pages_are_rendered_once(serve: Callable[..., Exporter]) -> None:
    """Two scrapes are given the very same bytes, not equal ones."""
    exporter = serve()
    page = exporter._collection.page
    assert page is not None
    for form in Format:
        for compressed in (True, False):
            assert page.body(form, compressed=compressed) is page.body(form, compressed=compressed)
    assert len({page.body(form, compressed=one) for form in Format for one in (True, False)}) == 4
