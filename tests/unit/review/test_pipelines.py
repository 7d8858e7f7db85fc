"""The pipelines to copy: YAML that forges read, commands that parse, nobody else's code, no expression in a script."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from orchestrator.cli.main import cli

ROOT = Path(__file__).parents[3] / "packaging" / "pipelines"
FILES = sorted(path for path in ROOT.rglob("*") if path.suffix in {".yml", ".yaml"})


def scripts(value: Any) -> Iterator[str]:
    """Everything that a shell is given."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key in {"run", "script", "after_script"} and not isinstance(one, dict):  # `defaults` have a `run`, too
                yield from one if isinstance(one, list) else [one]
            else:
                yield from scripts(one)
    elif isinstance(value, list):
        for one in value:
            yield from scripts(one)


def loaded(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def test_there_is_one_for_each_forge() -> None:
    """On an empty list all the rest would pass."""
    assert {file.parent.name for file in FILES} == {"gitlab", "github", "forgejo"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_scripts_are_sound_shell_without_expressions(file: Path) -> None:
    """What a forge fills in reaches scripts by variables alone: a branch's name is no command."""
    found = list(scripts(loaded(file)))
    assert len(found) >= 4
    for script in found:
        assert "${{" not in script
        checked = subprocess.run(["/bin/bash", "-n"], input=script, capture_output=True, text=True, check=False)
        assert (checked.returncode, checked.stderr) == (0, ""), script


def test_an_artifact_that_a_forge_does_not_take_stops_nothing() -> None:
    """No merge and no deployment waits for what is kept for readers."""
    jobs = loaded(ROOT / "forgejo" / "region.yml")["jobs"]
    kept = [one for job in jobs.values() for one in job["steps"] if "artifact" in one.get("name", "")]
    assert [one["continue-on-error"] for one in kept] == [True, True]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_commands_exist_with_their_options(file: Path) -> None:
    """Reviewed, planned, and applied by the plan's file."""
    named = []
    for script in scripts(loaded(file)):
        for line in script.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True) if line.strip().startswith("mutualis ") else []
            if words:
                command = cli.get_command(click.Context(cli), words[1])
                assert command is not None
                known = {option for parameter in command.params for option in parameter.opts}
                assert {word for word in words if word.startswith("--")} <= known
                named.append(words[1])
    assert named == ["review", "plan", "apply"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_nobody_elses_code_is_run_and_nothing_of_a_change_on_a_runner_with_credentials(file: Path) -> None:
    """No action, no image, no include; merge requests run where no credential is."""
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"^\s*-?\s*(uses|image|include):", text, re.MULTILINE)
    assert "pull_request_target" not in text
    jobs = loaded(file)
    jobs = jobs.get("jobs", jobs)
    where = {name: jobs[name].get("tags") or jobs[name].get("runs-on") for name in ("review", "plan", "apply")}
    assert where == {"review": ["mutualis-review"], "plan": ["mutualis-deploy"], "apply": ["mutualis-deploy"]}


@pytest.mark.parametrize("forge", ["github", "forgejo"])
def test_jobs_have_the_rights_that_they_need_and_no_more(forge: str) -> None:
    """The review writes its comment, apply reads who approved; a fork's review has no right, and does not try."""
    jobs = loaded(ROOT / forge / "region.yml")["jobs"]
    (comment,) = (step for step in jobs["review"]["steps"] if step["name"] == "Comment")
    rights = {name: job.get("permissions", {}).get("pull-requests") for name, job in jobs.items()}
    assert rights == {"review": "write", "plan": None, "apply": "read"}
    assert "head.repo.full_name == github.repository" in comment["if"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_no_token_stands_among_the_arguments_of_a_program(file: Path) -> None:
    """Everybody on a machine reads those; the shell's own printf hands it over by a pipe, or a variable does."""
    lines = [line for script in scripts(loaded(file)) for line in script.splitlines() if re.search(r"\$\w*TOKEN", line)]
    assert len(lines) >= 3
    for line in lines:
        left = re.sub(r"<\(printf '[^']*' \"\$\w*TOKEN\"\)", "", line)
        left = re.sub(r"credential=\$\(printf '[^']*' \"\$TOKEN\" \| base64", "", left)
        assert not re.search(r"\$\w*TOKEN", left), line
