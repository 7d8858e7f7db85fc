"""Who the member is, what was agreed, whom to write to, where its data stands."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.site import Site
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant
from orchestrator.reporting.member_sheet.markdown import facts, plain, section


def identity(specs: Specs, tenant: Tenant) -> Iterator[str]:
    member, operator = tenant.member, specs.region.operator
    yield from section(
        "Member",
        facts(
            [
                ("legal name", member.name),
                ("SIREN", member.siren),
                ("kind", member.kind),
                ("population", member.population),
                ("operator", f"{operator.name}, SIREN {operator.siren}"),
                ("state", f"{tenant.state.value}{f' on {tenant.retired_on}' if tenant.retired_on else ''}"),
                ("protected against deletion", "yes" if tenant.protect else "no"),
            ]
        ),
    )
    yield from _agreement(tenant)
    yield from section(
        "Contacts",
        facts(
            [
                ("technical", tenant.contacts.technical),
                ("data protection officer", tenant.contacts.dpo),
                ("security officer", tenant.contacts.rssi),
            ]
        ),
    )
    yield from _data(tenant)
    yield from section("Where it stands", [line for name in _sites(tenant) for line in _site(specs.sites[name])])


def _agreement(tenant: Tenant) -> Iterator[str]:
    agreement = tenant.agreement
    yield from section(
        "Agreement",
        facts(
            [
                ("reference", agreement.reference),
                ("deliberation", agreement.deliberation),
                ("from", agreement.start),
                ("to", agreement.end or "no end is agreed"),
                ("notice", f"{agreement.notice_months} months"),
                ("notice given on", agreement.notice_given),
            ]
        ),
    )


def _data(tenant: Tenant) -> Iterator[str]:
    rows: list[tuple[str, object]] = [("most sensitive class", tenant.sensitivity.value)]
    data = tenant.personal_data
    if data:
        kept = f"{data.retention_months} months" if data.retention_months is not None else ""
        rows += [
            ("register entry", data.register_entry),
            ("purpose", data.purpose),
            ("whose data", data.data_subjects),
            ("kept for", kept),
        ]
    yield from section("Data", facts(rows))


def _sites(tenant: Tenant) -> list[str]:
    return sorted({tenant.site, *(server.site for server in tenant.all_servers if server.site)})


def _site(site: Site) -> Iterator[str]:
    yield f"- {plain(site.display_name)} (`{site.name}`): {plain(site.address)}, {site.country}"
    for one in site.certificates:
        part = f", aggregates {', '.join(one.aggregates)}" if one.aggregates else ""
        reference = f" {one.reference}" if one.reference else ""
        yield f"  - {plain(f'{one.certification.value}{reference} until {one.expires}{part}')}"
