"""What ends some day, as metric families: support of images, certificates of sites and of the exporter itself."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping

from prometheus_client.core import GaugeMetricFamily

from orchestrator.adapters.exporter_prometheus.lone_family import lone_family
from orchestrator.adapters.exporter_prometheus.moment import end_of_day
from orchestrator.adapters.exporter_prometheus.reading import Reading
from orchestrator.capacity.demand import promised
from orchestrator.model.site import Site
from orchestrator.model.specs import Specs


def ending_families(given: Reading) -> Iterator[GaugeMetricFamily]:
    yield from _images(given.specs)
    yield _certifications(given.specs)
    yield lone_family(
        "mutualis_web_certificate_end_timestamp_seconds",
        "When the exporter's own TLS certificate ends, or one that stands above it in its file.",
        given.certificate_end,
    )


def _images(specs: Specs) -> Iterator[GaugeMetricFamily]:
    end = GaugeMetricFamily(
        "mutualis_image_support_end_timestamp_seconds",
        "When an image's support ends, by the catalogue.",
        labels=("image",),
    )
    servers = GaugeMetricFamily(
        "mutualis_image_servers", "Servers and desktops that the specs have on an image.", labels=("image",)
    )
    counts = Counter(server.image for tenant in promised(specs) for server in tenant.all_servers)
    for name, image in specs.catalogue.images.items():
        end.add_metric([name], end_of_day(image.support_end))
        servers.add_metric([name], counts[name])
    yield from (end, servers)


def _certifications(specs: Specs) -> GaugeMetricFamily:
    family = GaugeMetricFamily(
        "mutualis_certification_end_timestamp_seconds",
        "When a site's certification ends; the first of its parts where it has several.",
        labels=("site", "certification"),
    )
    for name, site in specs.sites.items():
        for certification, end in sorted(_ends(site).items()):
            family.add_metric([name, certification], end_of_day(end))
    return family


def _ends(site: Site) -> Mapping[str, dt.date]:
    """A renewed certificate counts for its part of the site, whatever older ones say."""
    parts: dict[tuple[str, frozenset[str]], dt.date] = {}
    for one in site.certificates:
        part = (one.certification.value, frozenset(one.aggregates))
        parts[part] = max(one.expires, parts.get(part, one.expires))
    ends: dict[str, dt.date] = {}
    for (certification, _), end in parts.items():
        ends[certification] = min(end, ends.get(certification, end))
    return ends
