"""What a member sees: its own figures and how fresh they are, and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import bcrypt
import pytest
from exporter_client import ask, basic
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from orchestrator.adapters.exporter_prometheus.exporter import Exporter
from orchestrator.adapters.exporter_prometheus.members import FOR_ALL, OWN_LABELS, MemberPages
from orchestrator.adapters.exporter_prometheus.page import RegionPage, render
from orchestrator.adapters.exporter_prometheus.reading import reading
from orchestrator.adapters.exporter_prometheus.tokens import add_token, remove_tokens
from orchestrator.model.snapshot import InventorySnapshot
from orchestrator.model.specs import Specs

NAMES = ("alpha", "beta", "alpha-2", "alph")
LABELS = ("tenant", "site", "resource", "tier", "state", "aggregate", "network", "peer", "waiver", "part")

Series = tuple[str, frozenset[tuple[str, str]], float]


def series_of(text: bytes) -> set[Series]:
    families = text_string_to_metric_families(text.decode())
    return {(one.name, frozenset(one.labels.items()), one.value) for family in families for one in family.samples}


@st.composite
def families(draw: st.DrawFn) -> list[Metric]:
    """Any families, any labels of anybody's; no two of one name, no series twice."""
    found = []
    for name in draw(st.lists(st.sampled_from(["mutualis_a", "mutualis_b", *sorted(FOR_ALL)]), unique=True)):
        labels = draw(st.lists(st.sampled_from(LABELS), unique=True))
        family = GaugeMetricFamily(name, "text", labels=labels)
        value = st.sampled_from((*NAMES, "", "north"))
        rows = st.lists(st.tuples(*(value for _ in labels)), unique=True, max_size=6)
        for number, row in enumerate(draw(rows)):
            family.add_metric(row, number)
        found.append(family)
    return found


@given(families(), st.sampled_from(NAMES))
def test_no_series_of_anybody_else_is_ever_shown(made: Sequence[Metric], tenant: str) -> None:
    """Each is the member's own by its label, with labels that are allowed, or says how fresh all are; all are true."""
    page = MemberPages(made, NAMES).page(tenant)
    assert page is not None
    everything = {
        (one.name, frozenset(one.labels.items()), float(one.value)) for family in made for one in family.samples
    }
    shown = series_of(page.plain)
    assert shown <= everything
    for name, labels, _ in shown:
        given_labels = dict(labels)
        fresh = name in FOR_ALL and not given_labels
        assert fresh or (given_labels["tenant"] == tenant and given_labels.keys() <= OWN_LABELS)


@given(families(), st.sampled_from(NAMES))
def test_all_of_a_members_own_series_are_shown(made: Sequence[Metric], tenant: str) -> None:
    """The page is not safe by being empty."""
    page = MemberPages(made, NAMES).page(tenant)
    assert page is not None
    own = {
        (one.name, frozenset(one.labels.items()), float(one.value))
        for family in made
        for one in family.samples
        if one.labels.get("tenant") == tenant and one.labels.keys() <= OWN_LABELS
    }
    assert own <= series_of(page.plain)


def test_pages_of_real_families_share_nothing_but_freshness(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Over every series of the region's page; a change at one member's changes no byte of another's."""
    pages = {name: member_page(region(specs, snapshot), name) for name in ("alpha", "beta")}
    common = series_of(pages["alpha"]) & series_of(pages["beta"])
    assert {name for name, _, _ in common} == FOR_ALL
    assert b"beta" not in pages["alpha"]
    assert b"alpha" not in pages["beta"]
    assert b'mutualis_tenant_allocated_vcpus{resource="vcpus",tenant="alpha",tier=""} 2.0' in pages["alpha"]
    more = replace(snapshot, servers=(*snapshot.servers, *snapshot.servers))
    assert member_page(region(specs, more), "beta") == pages["beta"]
    assert member_page(region(specs, more), "alpha") != pages["alpha"]


def test_every_series_of_a_tenant_reaches_its_member(specs: Specs, snapshot: InventorySnapshot) -> None:
    """A new family with the tenant's label and a label that is not allowed yet is noticed here."""
    page = region(specs, snapshot)
    all_of_alpha = {one for one in series_of(page.plain) if ("tenant", "alpha") in one[1]}
    assert len(all_of_alpha) > 10
    assert {one for one in all_of_alpha if {label for label, _ in one[1]} <= OWN_LABELS} == all_of_alpha
    assert all_of_alpha <= series_of(member_page(page, "alpha"))


def region(specs: Specs, snapshot: InventorySnapshot) -> RegionPage:
    return render(reading(specs, snapshot))


def member_page(page: RegionPage, tenant: str) -> bytes:
    own = page.members.page(tenant)
    assert own is not None
    return own.plain


def test_projects_of_nobody_are_nobodys_page(specs: Specs, snapshot: InventorySnapshot) -> None:
    """The empty tenant has series and no page."""
    strangers = replace(snapshot, projects=())
    page = region(specs, strangers)
    assert b'tenant=""' in page.plain
    assert page.members.page("") is None
    assert page.members.page("gamma") is None


@pytest.fixture
def tokens(tmp_path: Path) -> Path:
    return tmp_path / "tokens"


def test_a_token_opens_its_own_tenants_page_alone(serve: Callable[..., Exporter], tokens: Path) -> None:
    """All else is the same 401: another's token, none, a wrong one, a tenant that does not exist."""
    alpha, beta = add_token(tokens, "alpha"), add_token(tokens, "beta")
    url = serve(tokens=tokens).url
    own = ask(url, "/tenant/alpha/metrics", Authorization=f"Bearer {alpha}")
    assert own.status == 200
    assert b'tenant="alpha"' in own.body
    assert b"beta" not in own.body
    refused = [
        ask(url, "/tenant/alpha/metrics"),
        ask(url, "/tenant/alpha/metrics", Authorization=f"Bearer {beta}"),
        ask(url, "/tenant/alpha/metrics", Authorization=f"Basic {alpha}"),
        ask(url, "/tenant/alpha/metrics", Authorization=f"Bearer {alpha}x"),
        ask(url, "/tenant/alpha/metrics", Authorization="Bearer "),
        ask(url, "/tenant/beta/metrics", Authorization=f"Bearer {alpha}"),
        ask(url, "/tenant/gamma/metrics", Authorization=f"Bearer {alpha}"),
        ask(url, "/tenant/beta%2f..%2falpha/metrics", Authorization=f"Bearer {alpha}"),
        ask(url, "/tenant/alpha/metrics", method="POST"),
    ]
    assert {(one.status, one.body, one.headers["WWW-Authenticate"]) for one in refused} == {
        (401, b"unauthorized\n", 'Bearer realm="mutualis"')
    }
    post = ask(url, "/tenant/alpha/metrics", method="POST", Authorization=f"Bearer {alpha}")
    assert post.status == 405


def test_without_a_tokens_file_there_is_no_members_page(serve: Callable[..., Exporter]) -> None:
    """404: nothing is open by accident."""
    assert ask(serve().url, "/tenant/alpha/metrics").status == 404


def test_tokens_open_no_page_of_the_operators(serve: Callable[..., Exporter], tokens: Path, tmp_path: Path) -> None:
    """And the operator's password opens no member's."""
    alpha = add_token(tokens, "alpha")
    web = tmp_path / "web.yml"
    web.write_text(
        f"basic_auth_users:\n  bob: {bcrypt.hashpw(b'swordfish', bcrypt.gensalt(4)).decode()}\n", encoding="utf-8"
    )
    url = serve(tokens=tokens, web_config=web).url
    for path in ("/", "/metrics", "/-/healthy", "/-/ready", "/-/reload", "/absent"):
        assert ask(url, path, Authorization=f"Bearer {alpha}").status == 401
    assert ask(url, "/metrics", Authorization=basic("bob", "swordfish")).status == 200
    assert ask(url, "/tenant/alpha/metrics", Authorization=basic("bob", "swordfish")).status == 401
    assert ask(url, "/tenant/alpha/metrics", Authorization=f"Bearer {alpha}").status == 200


def test_new_and_withdrawn_tokens_count_at_once(serve: Callable[..., Exporter], tokens: Path) -> None:
    """A tenant may have two, so that one can be replaced without a gap."""
    first = add_token(tokens, "alpha")
    url = serve(tokens=tokens).url
    second = add_token(tokens, "alpha")
    for token in (first, second):
        assert ask(url, "/tenant/alpha/metrics", Authorization=f"Bearer {token}").status == 200
    assert remove_tokens(tokens, "alpha") == 2
    for token in (first, second):
        assert ask(url, "/tenant/alpha/metrics", Authorization=f"Bearer {token}").status == 401


def test_a_tenant_that_left_the_specs_is_not_found(serve: Callable[..., Exporter], tokens: Path) -> None:
    """Its token is right, and there is nothing to show any more."""
    token = add_token(tokens, "gamma")
    assert ask(serve(tokens=tokens).url, "/tenant/gamma/metrics", Authorization=f"Bearer {token}").status == 404
