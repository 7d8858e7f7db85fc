"""House rules of roles: inputs are typed, tasks are sentences, secrets have a switch, files say whose they are."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[3]
ROLES = sorted(path for path in (ROOT / "roles").iterdir() if path.is_dir())
COMMANDS = {"ansible.builtin.command", "ansible.builtin.shell"}
CALLS = {"ansible.builtin.include_role", "ansible.builtin.import_role", "ansible.builtin.include_tasks"}
WORDS = {"storage", "network", "compute", "fake", "lvm", "driver"}
"""Of the expressions that choose packages: names of roles of hosts, and a way to run servers."""
DATES = re.compile(r"ansible_date_time|strftime|\bnow\(|\bto_datetime\b")  # in a template: each run would write it anew
SCRIPT = re.compile(r"'([a-z_-]+\.sh)'")
READS = re.compile(r"\bread -r [A-Z]|=\$\(cat\)")
"""How a script of ours takes all of its standard input."""
UNORDERED = re.compile(r"\|\s*(difference|intersect|symmetric_difference|union)\b(?!.*\|\s*sort\b)")
"""Filters that make a set, in another order at each run: what is written from them would change each time."""


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def tasks(role: Path) -> Iterator[dict[str, Any]]:
    """Every task of a role, those of blocks included."""
    for file in sorted((role / "tasks").glob("*.yml")):
        for task in read(file):
            yield task
            yield from task.get("block", ())


def secret_options(role: Path) -> set[str]:
    specs = read(role / "meta" / "argument_specs.yml")["argument_specs"]
    return {name for entry in specs.values() for name, option in entry["options"].items() if option.get("no_log")}


def words(task: dict[str, Any]) -> set[str]:
    return set(re.findall(r"[a-z_]+", str({key: value for key, value in task.items() if key != "when"})))


def names_in(value: Any) -> set[str]:
    """Words of a list, or the quoted ones of an expression that gives one."""
    return set(re.findall(r"'([a-z0-9][a-z0-9.+-]+)'", value)) if isinstance(value, str) else set(value)


def named_packages(role: Path) -> set[str]:
    """Those that a role keeps under a name, because two of its tasks need them."""
    file = role / "vars" / "main.yml"
    variables = read(file) if file.exists() else {}
    return {one for name, value in variables.items() if name.endswith("_packages") for one in names_in(value)}


def installed(task: dict[str, Any]) -> set[str]:
    """Packages that a task installs, itself or through role `openstack`."""
    by_name = task.get("ansible.builtin.apt", {}).get("name", ())
    alone = isinstance(by_name, str) and "{" not in by_name
    found = {by_name} if alone else names_in(by_name)
    return found | names_in(task.get("vars", {}).get("openstack_packages", ()))


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
def test_commands_say_when_they_changed_something(role: Path) -> None:
    """Else a second run is full of changes that are none, or the first hides those that are."""
    for task in tasks(role):
        for module in COMMANDS & task.keys():
            creates = "creates" in str(task[module]) or "creates" in task.get("args", {})
            assert "changed_when" in task or creates, (task["name"], module)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_a_check_waits_for_no_command(role: Path) -> None:
    """In check mode a command says nothing, so that nobody may wait for what it says."""
    for task in tasks(role):
        needs = str(task.get("when")).split(" and ")
        runs_then = task.get("check_mode") is False or "not ansible_check_mode" in needs
        assert "until" not in task or not COMMANDS & task.keys() or runs_then, task["name"]


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_tasks_with_secrets_are_hidden(role: Path) -> None:
    """What is told to a role as a secret stands in the output of no task: neither in its input nor in its result."""
    secret = secret_options(role)
    for task in tasks(role):
        called = next(iter(CALLS & task.keys()), None)
        if called is None and secret & words(task):
            assert "no_log" in task, (role.name, task["name"], secret & words(task))


@pytest.mark.parametrize("role", ROLES, ids=lambda path: path.name)
def test_nothing_comes_by_the_environment(role: Path) -> None:
    """Ansible writes it into the command's arguments: in the process list, and in the journal with whoever logs."""
    assert [task["name"] for task in tasks(role) if "environment" in task] == []


def test_what_roles_install_is_installed_at_once() -> None:
    """`packages_names` is what the roles would install one by one; base comes before, what nobody needs stays out."""
    apart = {"audit", "base", "ceph", "exporter", "hardening", "packages", "wipe"}
    installing = [role for role in ROLES if role.name not in apart]
    one_by_one = {name for role in installing for task in tasks(role) for name in installed(task)}
    one_by_one |= {name for role in installing for name in named_packages(role)}
    variables = read(ROOT / "playbooks" / "group_vars" / "all" / "packages.yml")
    at_once = {name for value in variables.values() for name in names_in(value)} - WORDS
    assert at_once == one_by_one - WORDS


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_generated_files_say_so(role: Path) -> None:
    """In their first lines, without a date: a date would change them at every run."""
    for template in sorted((role / "templates").glob("*.j2")):
        assert not DATES.search(template.read_text("utf-8")), template.name
        if template.suffixes[-2:] in ([".conf", ".j2"], [".cnf", ".j2"], [".cfg", ".j2"], [".ini", ".j2"]):
            assert "Ansible managed" in "".join(template.read_text("utf-8").splitlines()[:3]), template.name


@pytest.mark.parametrize("role", ROLES, ids=lambda path: path.name)
def test_scripts_read_what_is_written_to_them_before_they_leave(role: Path) -> None:
    """Else Ansible, still writing, ends with a broken pipe now and then."""
    for task in tasks(role):
        command = task.get("ansible.builtin.command", {})
        if isinstance(command, dict) and "stdin" in command and (script := SCRIPT.search(str(command.get("argv")))):
            text = (role / "files" / script[1]).read_text("utf-8")
            assert READS.search(text.partition("exit 0")[0]), script[1]


def test_nothing_has_another_order_at_each_run() -> None:
    """Sets are sorted, or another way is taken."""
    found = [*ROOT.glob("roles/**/*.yml"), *ROOT.glob("roles/**/*.j2"), *ROOT.glob("playbooks/**/*.yml")]
    assert len(found) > 100
    assert [str(path) for path in found if UNORDERED.search(path.read_text("utf-8"))] == []


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
