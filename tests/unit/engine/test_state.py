"""URNs, order and the checkpoint's form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestrator.engine.backend import checkpoint, secrets
from orchestrator.engine.backend.file_lines import FileLines
from orchestrator.engine.backend.journal import Journal, digest, fold
from orchestrator.engine.errors import StateError
from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.order import ordered
from orchestrator.engine.state.resource import Resource, decode, encode
from orchestrator.engine.state.values import Secret

SALT = "v1:eLBp69DRX6c=:v1:2KKz+iYHB7ItxPyf:0XuEhgygESDZPa2EJ9gB1xmYsMahGQ=="  # of the passphrase "example"
SEALED = "v1:LwPTJiniprNpRSlm:wp+yZxu71K/adr41FYtr7C3gwM6USeXj"


def named(name: str, *needs: str, **fields: object) -> Resource:
    urn = urns.build("acme", "demo", "", "openstack:a/b:C", name)
    dependencies = tuple(urns.build("acme", "demo", "", "openstack:a/b:C", one) for one in needs)
    return Resource(urn=urn, type="openstack:a/b:C", custom=True, id=name, dependencies=dependencies, **fields)  # type: ignore[arg-type]


def names(resources: tuple[Resource, ...]) -> list[str]:
    return [resource.id for resource in resources]


def test_urns_carry_the_types_of_their_parents() -> None:
    """Unless the parent is the Stack."""
    root = urns.root("acme", "demo")
    assert root == "urn:pulumi:acme::demo::pulumi:pulumi:Stack::demo-acme"
    outer = urns.build("acme", "demo", root, "x:y:Outer", "o")
    inner = urns.build("acme", "demo", outer, "x:y:Inner", "a::b")
    assert inner == "urn:pulumi:acme::demo::x:y:Outer$x:y:Inner::a::b"
    assert urns.type_of(inner) == "x:y:Inner"
    assert urns.name_of(inner) == "a::b"
    assert urns.stack_of(inner) == "acme"


def test_what_is_needed_stands_first() -> None:
    """Otherwise the order stays; dangling references go."""
    found = ordered([named("c", "b", "gone"), named("a"), named("b", "a")])
    assert names(found) == ["a", "b", "c"]
    assert found[2].dependencies == (found[1].urn,)
    assert names(ordered([named("x"), named("y"), named("z", "x")])) == ["x", "y", "z"]


def test_the_old_ones_lean_on_the_old_ones() -> None:
    """While two resources swap who needs whom, both generations can be put in order."""
    found = ordered([named("a", "b", delete=True), named("b", delete=True), named("b", "a"), named("a")])
    assert [(r.id, r.delete) for r in found] == [("b", True), ("a", True), ("a", False), ("b", False)]


def test_deep_chains_are_no_trouble() -> None:
    """Five thousand resources in a row, given backwards."""
    chain = [named(str(i), *([str(i - 1)] if i else [])) for i in range(5000)]
    assert names(ordered(list(reversed(chain)))) == [str(i) for i in range(5000)]


def test_secrets_as_pulumi_seals_them() -> None:
    """A state written by the official engine's rules opens, and is written back with the same ciphertext."""
    vault = secrets.unlock("example", SALT)
    found = {
        "urn": "urn:pulumi:acme::demo::openstack:identity/user:User::u",
        "custom": True,
        "id": "bb22",
        "type": "openstack:identity/user:User",
        "inputs": {
            "name": "u1",
            "password": {
                "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
                "ciphertext": SEALED,
            },
        },
        "additionalSecretOutputs": ["password"],
    }
    resource = decode(found, vault.unseal)
    assert resource.inputs == {"name": "u1", "password": Secret("s3cret")}
    assert encode(resource, vault.seal) == found


def test_another_passphrase_opens_nothing() -> None:
    """It is said so before any secret is looked at."""
    with pytest.raises(StateError, match="incorrect passphrase"):
        secrets.unlock("another", SALT)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda d: d["manifest"].update(magic="0" * 64), "magic"),
        (lambda d: d["resources"].reverse(), "does not stand before it"),
        (lambda d: d["resources"].append(d["resources"][0]), "stands twice"),
        (lambda d: d["resources"][0].update(type="x:y:Z"), "has the type x:y:Z"),
        (lambda d: d["resources"][0].update(custom=False), "has an id though"),
        (lambda d: d["resources"][0].pop("urn"), "not as Pulumi writes it"),
    ],
)
def test_a_state_without_integrity_is_refused(change: object, text: str) -> None:
    """Each of Pulumi's checks, by what it finds."""
    whole = checkpoint.Checkpoint(resources=(named("a"), named("b", "a")))
    deployment = checkpoint.encode_deployment(whole, secrets.revealed, 0.0)
    again = checkpoint.decode_deployment(deployment, lambda *_: None, "f")
    assert names(again.resources) == ["a", "b"]
    change(deployment)  # type: ignore[operator]
    with pytest.raises(StateError, match=text):
        checkpoint.decode_deployment(deployment, lambda *_: None, "f")


def test_fields_of_newer_versions_are_carried_along() -> None:
    """What the engine does not know is not lost; traces are not kept."""
    found = {"urn": named("a").urn, "custom": True, "type": "openstack:a/b:C", "taint": True, "stackTrace": [1]}
    again = encode(decode(found, lambda *_: None), secrets.revealed)
    assert again == {"urn": named("a").urn, "custom": True, "type": "openstack:a/b:C", "taint": True}


def journal_at(path: Path, base: str) -> Journal:
    return Journal(FileLines(path), base, secrets.revealed)


def folded_at(path: Path, base: str, before: checkpoint.Checkpoint) -> checkpoint.Checkpoint | None:
    return fold(path.read_bytes(), str(path), base, before, lambda *_: None)


def test_a_journal_tells_what_was_done_and_what_is_open(tmp_path: Path) -> None:
    """Puts, drops, intents and ids; settled intents are closed."""
    path, before = tmp_path / "j", checkpoint.Checkpoint(resources=(named("a"), named("b", "a")))
    journal = journal_at(path, digest(b"base"))
    first = journal.intend("creating", named("c"))
    journal.identify(first, "c-id")
    second = journal.intend("deleting", named("b", "a"))
    journal.drop(1)
    journal.settle(second)
    journal.put(2, named("d", "a"))
    journal.abandon()
    folded = folded_at(path, digest(b"base"), before)
    assert folded is not None
    assert names(folded.resources) == ["a", "d"]
    assert [(p.kind, p.resource.id) for p in folded.pending] == [("creating", "c-id")]


def test_a_line_cut_short_is_left_out(tmp_path: Path) -> None:
    """Nobody waited for it, so nothing followed from it."""
    path = tmp_path / "j"
    journal = journal_at(path, digest(b"base"))
    journal.put(0, named("a"))
    journal.abandon()
    path.write_bytes(path.read_bytes() + b'{"drop": 0')
    folded = folded_at(path, digest(b"base"), checkpoint.Checkpoint())
    assert folded is not None
    assert names(folded.resources) == ["a"]


def test_a_journal_of_another_checkpoint_adds_nothing(tmp_path: Path) -> None:
    """It was folded already, and the process died before it could remove the file."""
    path = tmp_path / "j"
    journal_at(path, digest(b"base")).abandon()
    assert folded_at(path, digest(b"newer"), checkpoint.Checkpoint()) is None


def test_a_new_stacks_file_is_pulumis() -> None:
    """No deployment yet."""
    assert json.loads(checkpoint.file_bytes("organization/demo/acme", None)) == {
        "version": 3,
        "checkpoint": {"stack": "organization/demo/acme"},
    }
