"""Every port has a fake that answers the same calls."""

from __future__ import annotations

import importlib
import inspect
from types import ModuleType
from typing import Protocol

import pytest
from source_tree import ROOT, shown

from orchestrator import ports

PORTS = {
    name: port
    for name, port in vars(ports).items()
    if inspect.isclass(port) and Protocol in port.__bases__ and port.__module__ == ports.__name__
}
CONTRACTED = {"Ledger", "Journal", "RunLock", "DriftRecords", "AuditRecords", "GovernedRecords"}
"""Ports whose real and fake sides keep to one contract, in tests/unit/records."""


def module_of(port: str) -> ModuleType:
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in port)
    return importlib.import_module(f"fake{words}")


def differences(port: type, fake: type) -> list[str]:
    """Calls of the port that the fake does not take, or takes otherwise."""
    found = []
    for name, method in inspect.getmembers(port, inspect.isfunction):
        if name.startswith("_"):
            continue
        theirs = getattr(fake, name, None)
        if theirs is None or _parameters(theirs) != _parameters(method):
            found.append(f"{fake.__name__}.{name}")
    return found


def _parameters(method: object) -> list[tuple[str, object]]:
    assert callable(method)
    return [(one.name, one.kind) for one in inspect.signature(method).parameters.values()]


def test_ports_are_found() -> None:
    """On an empty list all the rest would pass."""
    assert {"StackEngine", "Ledger", "Clock"} <= PORTS.keys()


@pytest.mark.parametrize("name", sorted(PORTS))
def test_port_has_a_fake_with_the_same_calls(name: str) -> None:
    """`Fake<Port>` in tests/fakes/fake_<port>.py, each method with the port's parameters."""
    fake = getattr(module_of(name), f"Fake{name}")
    assert differences(PORTS[name], fake) == []


@pytest.mark.parametrize("name", sorted(PORTS))
def test_fake_has_the_attributes_of_its_port(name: str) -> None:
    """What is not a method: name and version of an engine."""
    fake = getattr(module_of(name), f"Fake{name}")
    assert [one for one in inspect.get_annotations(PORTS[name]) if not hasattr(fake, one)] == []


@pytest.mark.parametrize("name", sorted(CONTRACTED))
def test_contract_runs_on_the_real_side_and_on_the_fake(name: str) -> None:
    """One suite, two parameters at least, one of them the fake."""
    suites = list((ROOT / "tests").rglob("test_*_contract.py"))
    texts = [path.read_text(encoding="utf-8") for path in suites if f"Fake{name}" in path.read_text(encoding="utf-8")]
    assert len(texts) == 1, [shown(path) for path in suites]
    assert '"fake"' in texts[0]
    assert "from orchestrator.adapters" in texts[0]


def test_fake_with_another_call_is_seen() -> None:
    """The comparison can fail: an argument less, a method less."""

    class Port(Protocol):
        def read(self, name: str) -> str: ...

        def write(self) -> None: ...

    class FakePort:
        def read(self) -> str:
            return ""

    assert differences(Port, FakePort) == ["FakePort.read", "FakePort.write"]
