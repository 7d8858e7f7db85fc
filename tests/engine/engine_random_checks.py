"""What must hold between a program, the state of its stack and the fake cloud, at every moment."""

from __future__ import annotations

from typing import Any

from engine_integrity import violations
from engine_random_cloud import TroubledBench
from engine_random_programs import THING, Item, RandomProgram


def contents(bench: TroubledBench) -> dict[str, bytes]:
    """Every file of the backend, and the cloud."""
    paths = [*sorted((bench.root / "backend").rglob("*")), bench.cloud.path]
    return {str(path): path.read_bytes() for path in paths if path.is_file()}


def latest(bench: TroubledBench) -> dict[str, Any]:
    """What the state says, with what a dead process left in its journal."""
    exported = bench.stack().export_stack()
    return dict(exported.deployment or {})


def things(deployment: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in deployment.get("resources") or () if one["type"] == THING]


def check_nothing_is_lost_or_twice(bench: TroubledBench) -> None:
    """Every object is one that the state knows or will look for, and every recorded one is there."""
    deployment, objects = latest(bench), bench.cloud.objects()
    pending = deployment.get("pending_operations") or []
    recorded = {one["id"] for one in things(deployment) if not one.get("pendingReplacement")}
    creating = [one["resource"] for one in pending if one["type"] == "creating"]
    deleting = {one["resource"].get("id") for one in pending if one["type"] == "deleting"}
    looked_for = [one["inputs"]["label"] for one in creating if not one.get("id")]
    known = recorded | {one["id"] for one in creating if one.get("id")}
    for identity, found in objects.items():
        properties = found["properties"]
        if identity in known or _goes_along(objects, properties, known):
            continue
        assert properties["label"] in looked_for, f"nobody knows of {properties}"
        looked_for.remove(properties["label"])
    lost = recorded - objects.keys() - _gone_along(deployment, deleting)
    assert not lost, [one for one in things(deployment) if one["id"] in lost]


def _goes_along(objects: dict[str, Any], properties: dict[str, Any], known: set[str]) -> bool:
    """Taken out of the state when its container was about to go, as Pulumi does; it goes when the container does."""
    container = properties.get("within")
    if container not in objects:
        return False
    return container in known or _goes_along(objects, objects[container]["properties"], known)


def _gone_along(deployment: dict[str, Any], deleting: set[Any]) -> set[str]:
    gone, before = set(deleting), -1
    while len(gone) != before:
        before = len(gone)
        gone |= {one["id"] for one in things(deployment) if one["inputs"].get("within") in gone}
    return gone


def check_sound(bench: TroubledBench) -> None:
    """Pulumi would take the checkpoint."""
    found = violations(bench.state_file())
    assert not found, found


def check_settled(bench: TroubledBench, program: RandomProgram) -> None:
    """State = cloud = program, with nothing left to do or to find out."""
    deployment, objects = latest(bench), bench.cloud.objects()
    assert not deployment.get("pending_operations")
    assert not bench.state_file().with_suffix(".journal").exists()
    recorded = {one["urn"]: one for one in deployment.get("resources") or ()}
    wanted = {program.urn(item): item for item in program.items}
    ours = {urn for urn, one in recorded.items() if not one["type"].startswith("pulumi:")}
    assert ours == wanted.keys()
    assert len(things(deployment)) == len(program.things()) == len(objects)
    assert {one["id"] for one in things(deployment)} == objects.keys()
    ids = {item.label: recorded[urn].get("id", "") for urn, item in wanted.items()}
    for urn, item in wanted.items():
        _check_item(recorded[urn], item, program, ids, objects)


def _check_item(
    one: dict[str, Any], item: Item, program: RandomProgram, ids: dict[str, str], objects: dict[str, Any]
) -> None:
    assert not {"delete", "pendingReplacement", "initErrors"} & one.keys()
    assert bool(one.get("protect")) == program.is_protected(item)
    parent = program.urn(program.item(item.parent)) if item.parent else "urn:pulumi:acme::demo::pulumi:pulumi:Stack"
    assert one["parent"].startswith(parent)
    if item.is_group:
        return
    now = objects[one["id"]]["properties"]
    assert "condition" not in objects[one["id"]]
    expected: dict[str, Any] = {"label": item.label, "mold": f"m{item.mold}"}
    if not item.ignores_value:
        expected["description"] = f"v{item.value}"
    container = program.container(item)
    expected |= {"within": ids[container]} if container else {}
    expected |= {"base": ids[item.base]} if item.base else {}
    expected |= {"friend": {"ids": [ids[item.friend]]}} if item.friend else {}
    expected |= {"echo": f"[s-{ids[item.echo][:8]}]"} if item.echo else {}
    expected |= {"name": f"name-{item.label}"} if item.is_named else {}
    assert {name: now[name] for name in expected} == expected
    assert set(now) - {"name", "description", "tags", "serial", "note", *expected} == set()
    assert {name: one["outputs"][name] for name in expected} == expected
    if item.after:
        assert program.urn(program.item(item.after)) in one["dependencies"]


def check_import_changes_nothing(bench: TroubledBench) -> None:
    """What is exported can be imported, and says the same afterwards."""
    stack = bench.stack()
    before = latest(bench)
    stack.import_stack(stack.export_stack())
    check_sound(bench)
    after = latest(bench)
    for part in ("resources", "pending_operations"):
        assert (after.get(part) or []) == (before.get(part) or [])
