"""House rules of roles: inputs are typed, tasks are sentences, secrets have a switch, files say whose they are."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[3]
ROLES = sorted(path for path in (ROOT / "roles").iterdir() if path.is_dir())


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def tasks(role: Path) -> Iterator[dict[str, Any]]:
    """Every task of a role, those of blocks included."""
    for file in sorted((role / "tasks").glob("*.yml")):
        for task in read(file):
            yield task
            yield from task.get("block", ())


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_way_into_a_role_says_what_it_needs(role: Path) -> None:
    """`argument_specs.yml` stops wrong input before the first task; each default belongs to an option."""
    specs = read(role / "meta" / "argument_specs.yml")["argument_specs"]
    options = {name for entry in specs.values() for name in entry["options"]}
    assert specs["main"]["short_description"]
    assert all(name.startswith(f"{role.name}_") for name in options)
    defaults = role / "defaults" / "main.yml"
    assert set(read(defaults) if defaults.exists() else {}) <= options


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_tasks_are_named_sentences_of_ansibles_own_modules(role: Path) -> None:
    """ansible-core alone is enough: no collection is needed."""
    for task in tasks(role):
        assert task["name"][0].isupper(), task
        modules = [key for key in task if key.startswith("ansible.")]
        assert len(modules) == 1 or "block" in task, task["name"]
        assert all(module.startswith("ansible.builtin.") for module in modules), task["name"]


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_secrets_are_hidden_behind_a_switch(role: Path) -> None:
    """`no_log` is never a bare true: an operator can look, on purpose."""
    for task in tasks(role):
        assert task.get("no_log", "{{ x_secure_logging }}").endswith("_secure_logging }}"), task["name"]


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_generated_files_say_so(role: Path) -> None:
    """In their first lines, without a date: a date would change them at every run."""
    for template in sorted((role / "templates").glob("*.j2")):
        if template.suffixes[-2:] in ([".conf", ".j2"], [".cnf", ".j2"], [".cfg", ".j2"], [".ini", ".j2"]):
            assert "Ansible managed" in "".join(template.read_text("utf-8").splitlines()[:3]), template.name


def test_the_playbook_parses_with_the_computed_inventory() -> None:
    """Roles are found, syntax is right."""
    command = [str(Path(sys.executable).with_name("ansible-playbook")), "--syntax-check", "playbooks/region.yml"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg")}
    ended = subprocess.run(
        [*command, "-i", "inventory/metal/region.yaml"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
