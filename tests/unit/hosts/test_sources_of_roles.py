"""Whatever a role names to read is there: templates, files, tasks, other roles, at each turn of a loop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

ROLES = Path(__file__).parents[3] / "roles"
NAMES = sorted(path.name for path in ROLES.iterdir() if path.is_dir())
MODULE = "ansible.builtin."
KINDS = {"template": "templates", "copy": "files"}
LOOKUP = re.compile(r"lookup\('ansible\.builtin\.(file|template)', '([^']+)'\)")
PLACE = re.compile(r"\{\{ (?:item)((?:\.\w+)*) \}\}")
ELSEWHERE = ("/", "{{ ansible_parent_role_paths[0] }}/")
"""On the machine itself; of the calling role, whose own turn it is."""


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}


def tasks(role: Path) -> Iterator[dict[str, Any]]:
    for file in sorted((role / "tasks").glob("*.yml")):
        for task in read(file):
            yield from task.get("block", (task,))


def turns(role: Path, loop: Any) -> list[Any]:
    """What `item` is: a list of the task or of the role; `product` with a list of words gives pairs."""
    if not isinstance(loop, str):
        return list(loop)
    name, pair = re.match(r"\{\{ *(\w+)", loop), re.search(r"product\((\[.*?\])\)", loop)
    assert name, loop
    known = {**read(role / "defaults" / "main.yml"), **read(role / "vars" / "main.yml")}
    found = known.get(name[1]) or [None]
    return [list(both) for both in product(found, yaml.safe_load(pair[1]))] if pair else list(found)


def filled(text: str, item: Any) -> str:
    """The text at one turn. Raises where a turn does not have what is asked of it."""

    def value(place: re.Match[str]) -> str:
        found = item
        for key in place[1].split(".")[1:]:
            found = found[int(key)] if key.isdigit() else found[key]
        return str(found)

    return PLACE.sub(value, text)


def sources(role: Path, task: dict[str, Any]) -> Iterator[Path]:
    """The files that a task needs of its role and of those that it calls."""
    for kind, name in LOOKUP.findall(str(task).replace("\\'", "'")):
        yield role / f"{kind}s" / name
    for kind, folder in KINDS.items():
        source = str(task.get(f"{MODULE}{kind}", {}).get("src", "/"))
        if not source.startswith(ELSEWHERE):
            for item in turns(role, task.get("loop", [None])):
                yield role / folder / filled(source, item).replace("{{ role_path }}", str(role))
    yield from called(role, task)


def called(role: Path, task: dict[str, Any]) -> Iterator[Path]:
    for way in ("include", "import"):
        if file := task.get(f"{MODULE}{way}_tasks"):
            yield role / "tasks" / file
        if other := task.get(f"{MODULE}{way}_role"):
            yield ROLES / other["name"] / "tasks" / f"{other.get('tasks_from', 'main')}.yml"
    for file in task.get("vars", {}).get("openstack_files", ()):
        yield role / "templates" / file["template"]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_role_reads_is_there(name: str) -> None:
    """A level, a kind of host or a way to store that no test machine has would else fail at the operator's first."""
    role = ROLES / name
    missing = [
        path for task in tasks(role) for path in sources(role, task) if "{{" not in path.name and not path.exists()
    ]
    assert missing == []


@pytest.mark.parametrize("path", sorted(ROLES.glob("*/templates/*.j2")), ids=lambda path: path.name)
def test_what_a_template_takes_from_another_is_there(path: Path) -> None:
    """Beside it, or among those that all services share."""
    names = re.findall(r"\{%-? *(?:from|import|include|extends) '([^']+)'", path.read_text("utf-8"))
    assert all((path.parent / name).exists() or (ROLES / "openstack" / "templates" / name).exists() for name in names)


def test_names_made_of_variables_are_few_and_known() -> None:
    """A name that only a run knows cannot be looked for: this list says which, so that none hides here."""
    found = {
        str(path.relative_to(ROLES))
        for name in NAMES
        for task in tasks(ROLES / name)
        for path in sources(ROLES / name, task)
        if "{{" in path.name
    }
    assert found == {"exporter/files/{{ exporter_wheels }}"}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_lies_in_a_role_that_it_does_not_read(name: str) -> None:
    """A template whose task is gone reads as if it still counted."""
    role = ROLES / name
    texts = "".join(path.read_text("utf-8") for kind in ("tasks", "vars", "meta") for path in (role / kind).glob("*"))
    used = {path for task in tasks(role) for path in sources(role, task)}
    lying = {path for kind in KINDS.values() for path in (role / kind).glob("*")} - used
    assert {path.name for path in lying if path.name not in texts} == set()


def test_a_missing_file_of_a_loop_is_found(tmp_path: Path) -> None:
    """The check itself: a list of the role names two templates, and one is there."""
    (tmp_path / "vars").mkdir()
    (tmp_path / "vars" / "main.yml").write_text("__x_rules: [{name: one, wanted: true}, {name: two, wanted: false}]\n")
    task = {
        f"{MODULE}template": {"src": "{{ item.name }}.rules.j2"},
        "loop": "{{ __x_rules | selectattr('wanted') }}",
    }
    assert [path.name for path in sources(tmp_path, task)] == ["one.rules.j2", "two.rules.j2"]
