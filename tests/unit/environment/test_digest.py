"""The digest of a stack's inputs: the same for the same, another for anything that a program may read."""

import random
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

import pytest
from example_region import example_specs, example_tenant
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.errors import Bug
from orchestrator.model.environment import SharedNetworkEnvironment, TenantEnvironment
from orchestrator.model.known_ids import KnownIds, NetworkIds
from orchestrator.model.plan import Versions
from orchestrator.planning import digest
from orchestrator.planning.digest import environment_digest
from orchestrator.planning.environment import region_environment, tenant_environment

VERSIONS = Versions(program="p", engine="embedded", engine_version="1", provider="5.5.3")
OUTPUTS = KnownIds(
    external_networks={"internet": "n1", "other": "n2"}, images={"debian-12": "i1", "debian-13": "i2"}, deployer="u"
)

SHARED = SharedNetworkEnvironment(name="works", owner="rochefort", network="wide")


def environment() -> TenantEnvironment:
    return tenant_environment(example_specs(), "saintes")


def sharing(one: TenantEnvironment) -> TenantEnvironment:
    return replace(one, projects=(replace(one.projects[0], shared_networks=(SHARED,)), *one.projects[1:]))


def of(one: TenantEnvironment, versions: Versions = VERSIONS, outputs: KnownIds = OUTPUTS) -> str:
    return environment_digest(one, versions, outputs)


def shuffled(value: Any, order: random.Random) -> Any:
    """An equal value whose mappings were filled in another order."""
    if isinstance(value, dict):
        items = [(key, shuffled(part, order)) for key, part in value.items()]
        order.shuffle(items)
        return dict(items)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: shuffled(getattr(value, field.name), order) for field in fields(value)})
    return tuple(shuffled(part, order) for part in value) if isinstance(value, tuple) else value


@given(st.randoms(use_true_random=False))
def test_the_order_of_mappings_does_not_matter(order: random.Random) -> None:
    """Equal environments have equal digests, however they were made."""
    assert of(shuffled(environment(), order)) == of(environment())


def leaves(value: Any, path: str = "") -> list[str]:
    if is_dataclass(value) and not isinstance(value, type):
        return [leaf for field in fields(value) for leaf in leaves(getattr(value, field.name), f"{path}.{field.name}")]
    return [path]


def emptied(value: Any, path: str) -> Any:
    name, _, rest = path.removeprefix(".").partition(".")
    return replace(value, **{name: emptied(getattr(value, name), f".{rest}") if rest else ()})


def test_every_field_counts() -> None:
    """Whatever part of an environment changes, the program runs again."""
    whole = sharing(replace(environment(), protect=True))
    project = whole.projects[0]
    others = [replace(whole, projects=(emptied(project, path),)) for path in leaves(project)]
    others += [emptied(whole, path) for path in leaves(whole)]
    digests = [of(one, outputs=KnownIds()) for one in (whole, *others)]
    assert len(digests) > 20
    assert len(set(digests)) == len(digests)


def test_every_version_counts() -> None:
    """Another program, engine or provider may do something else with the same environment."""
    digests = {of(environment(), replace(VERSIONS, **{field.name: "x"})) for field in fields(VERSIONS)}
    assert len(digests | {of(environment())}) == len(fields(VERSIONS)) + 1


def test_only_ids_that_the_tenant_uses_count() -> None:
    """A new image for the others makes no step for this one."""
    unused = replace(OUTPUTS, external_networks={**OUTPUTS.external_networks, "other": "x"}, flavors={"small": "f"})
    assert of(environment(), outputs=unused) == of(environment())
    used = replace(OUTPUTS, images={**OUTPUTS.images, "debian-13": "x"})
    assert of(environment(), outputs=used) != of(environment())


def test_only_the_networks_of_others_that_the_tenant_uses_count() -> None:
    """An owner that replaces the network makes a step for its users; whatever else others have makes none."""
    wide, other = NetworkIds(network="n1", subnet="s1"), NetworkIds(network="n2", subnet="s2")
    known = replace(OUTPUTS, networks={"rochefort": {"wide": wide}})
    more = replace(known, networks={"rochefort": {"wide": wide, "other": other}, "royan": {"wide": other}})
    digest = of(sharing(environment()), outputs=known)
    assert of(sharing(environment()), outputs=replace(more, projects={"royan": {"main": "p1"}})) == digest
    moved = replace(known, networks={"rochefort": {"wide": other}})
    assert len({digest, of(sharing(environment()), outputs=moved), of(sharing(environment()))}) == 3


def test_the_region_has_one_too() -> None:
    """Without outputs: it depends on nothing but itself."""
    region = region_environment(example_specs())
    one = environment_digest(region, VERSIONS, None)
    assert len(one) == 64
    assert one != environment_digest(replace(region, images=()), VERSIONS, None)


def test_what_it_cannot_write_down_it_refuses() -> None:
    """A value without a canonical form would make a digest that means nothing."""

    @dataclass(frozen=True)
    class Odd:
        value: object

    with pytest.raises(Bug, match="a digest was asked of a object"):
        digest._canonical(Odd(object()))
    with pytest.raises(Bug, match="with the key 1"):
        digest._canonical({1: "x"})


def test_names_of_what_people_see_count_too() -> None:
    """A display name is an input like any other: the program runs and renames."""
    networks = tuple(replace(one, display_name="x") for one in example_tenant().networks)
    assert of(tenant_environment(example_specs(networks=networks), "saintes")) != of(environment())
