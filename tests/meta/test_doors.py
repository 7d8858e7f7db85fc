"""One door per third party: who may import what stands in pyproject.toml; here also what import-linter cannot see."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from source_tree import PRODUCT, ROOT, check_none, module_name, parsed, python_files, shown

OTHER_ENVIRONMENT = ("lab/plugins/", "lab/services/")
"""These run in OpenStack's own environment, and import what is there."""

DYNAMIC = {"import_module", "__import__"}


COMES_WITH = {
    "keystoneauth1": "openstack",  # its sessions, plugins and errors
    "requests": "openstack",  # what its sessions are made of
    "urllib3": "openstack",  # what those are made of: its errors tell whether a request was sent
    "google": "grpc",  # protobuf: its messages
    "semver": "pulumi",  # versions in the Automation API
    "typing_extensions": "pulumi",  # the same
}
"""Further modules of a third party. They enter by its door."""


def contract(start: str) -> dict[str, list[str]]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (found,) = (one for one in config["tool"]["importlinter"]["contracts"] if one["name"].startswith(start))
    return dict(found)


DOORS = contract("5 ")


def may_import(module: str, third_party: str, allowed: Sequence[str]) -> bool:
    """Whether a line `module -> third party` allows it; `**` stands for one level or more, as for import-linter."""
    for line in allowed:
        importer, _, imported = line.partition(" -> ")
        pattern = re.escape(importer).replace(r"\*\*", r"[\w.]+").replace(r"\*", r"\w+")
        if imported == third_party and re.fullmatch(pattern, module):
            return True
    return False


def imported(tree: ast.Module) -> Iterator[str]:
    """Top-level names of everything imported, also inside functions and by name at run time."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]
        elif isinstance(node, ast.Call) and _called(node) in DYNAMIC:
            yield from _named(node)


def _called(call: ast.Call) -> str:
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")


def _named(call: ast.Call) -> Iterator[str]:
    for argument in call.args[:1]:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value.partition(".")[0]


def through_the_wall(path: Path) -> list[str]:
    """Imports of the module that are neither ours, nor Python's, nor let in by a door."""
    module = module_name(path)
    ours = {*PRODUCT, *sys.stdlib_module_names}
    return [
        f"{shown(path)} -> {name}"
        for name in sorted(set(imported(parsed(path))) - ours)
        if not may_import(module, COMES_WITH.get(name, name), DOORS["ignore_imports"])
    ]


def test_third_parties_come_in_by_their_doors_only() -> None:
    """A new third party needs a line in contract 5 first: no module imports what has none."""
    files = [path for path in python_files(*PRODUCT) if not shown(path).startswith(OTHER_ENVIRONMENT)]
    check_none(line for path in files for line in through_the_wall(path))


def test_every_door_is_guarded() -> None:
    """What a door lets in, the contract forbids elsewhere."""
    let_in = {line.partition(" -> ")[2] for line in DOORS["ignore_imports"]}
    assert let_in <= set(DOORS["forbidden_modules"])


def test_every_declared_dependency_has_a_door() -> None:
    """A dependency that nobody may import is none."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = {re.split(r"[<>=\[]", line)[0].replace("-", "_") for line in config["project"]["dependencies"]}
    modules = {{"openstacksdk": "openstack", "pyyaml": "yaml"}.get(name, name) for name in names}
    assert {COMES_WITH.get(module, module) for module in modules} <= set(DOORS["forbidden_modules"])


def test_hidden_imports_are_seen() -> None:
    """Late and dynamic ones too."""
    text = "def f():\n    import yaml\n    importlib.import_module('openstack.connection')\n    __import__('click')\n"
    assert sorted(imported(ast.parse(text))) == ["click", "openstack", "yaml"]


def test_stars_of_doors_mean_what_import_linter_means() -> None:
    """`**`: below, at any depth, and not the package itself."""
    allowed = ["orchestrator.cli.** -> click"]
    assert may_import("orchestrator.cli.main", "click", allowed)
    assert may_import("orchestrator.cli.a.b", "click", allowed)
    assert not may_import("orchestrator.cli", "click", allowed)
    assert not may_import("orchestrator.flow.plan", "click", allowed)
