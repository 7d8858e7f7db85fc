"""What only the embedded engine does with commands: it refuses, bounds what it keeps, and starts no process."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from engine_bench import Bench, nothing
from engine_programs import user
from engine_quiet import printed
from pulumi import automation as auto


def test_all_stacks_of_a_project_share_a_salt(bench: Bench) -> None:
    """A second stack costs no second derivation, even with an empty work directory."""
    bench.up(user)
    other = bench.root / "work" / "blue"
    other.mkdir(parents=True)
    bench.up(user, name="blue")
    salts = {json.loads(bench.state_file(n).read_text())["checkpoint"]["latest"]["secrets_providers"]["state"]["salt"]
             for n in ("acme", "blue")}  # fmt: skip
    assert len(salts) == 1


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["plugin", "ls", "--json"], "plugin: plugins: the embedded engine does not carry it out"),
        (["stack", "rename", "new", "--stack", "acme"], "stack rename: renaming a stack"),
        (["config", "env", "ls", "--json", "--stack", "acme"], "config env: environments of Pulumi's service"),
        (["state", "delete", "urn"], "state: editing the state by command"),
        (["import", "--yes", "--stack", "acme"], "import: importing by command"),
        (["policy", "ls"], "policy: policy packs"),
        (["watch", "--stack", "acme"], "unknown command 'watch'"),
        (["up", "--plan", "f", "--stack", "acme"], r"up: --plan \(update plans\)"),
        (["preview", "--save-plan", "f", "--stack", "acme"], r"preview: --save-plan \(update plans\)"),
        (["preview", "--import-file", "f", "--stack", "acme"], r"preview: --import-file \(import files\)"),
        (["preview", "--policy-pack=p", "--stack", "acme"], r"preview: --policy-pack \(policy packs\)"),
        (["up", "--policy-pack-config=p", "--stack", "acme"], r"up: --policy-pack-config \(policy packs\)"),
        (["up", "--config-file=p", "--stack", "acme"], r"up: --config-file \(other settings files\)"),
        (["up", "--attach-debugger", "--stack", "acme"], r"up: --attach-debugger \(debuggers\)"),
        (["up", "--logtostderr", "--stack", "acme"], "up: unknown flag: --logtostderr"),
        (["destroy", "--json", "--stack", "acme"], "destroy: unknown flag: --json"),
        (["stack", "ls", "extra"], "0 to 0 arguments expected, 1 given"),
        (["up", "--parallel", "many", "--stack", "acme"], "--parallel many: a whole number expected"),
        (["up", "--run-program=false", "--stack", "acme"], "there is nothing to do without a program"),
        (["up", "--target", "urn:**", "--stack", "acme"], "patterns of URNs are not carried out"),
        (["refresh", "--import-pending-creates", "urn", "--stack", "acme"], "pairs of URN and ID expected"),
    ],
)
def test_unknown_words_are_refused_by_name(bench: Bench, arguments: list[str], text: str) -> None:
    """Nothing is ignored."""
    bench.stack()
    with pytest.raises(auto.CommandError, match=text):
        bench.command.run(arguments, str(bench.root / "work" / "acme"), bench.environment)


def test_other_backends_are_refused_by_name(bench: Bench) -> None:
    """The message says what to do."""
    bench.environment["PULUMI_BACKEND_URL"] = "s3://bucket"
    with pytest.raises(auto.CommandError, match="use the official engine"):
        bench.stack()


def test_history_and_backups_are_bounded(bench: Bench) -> None:
    """Many operations leave a bounded number of copies of the state."""
    stack = bench.stack(nothing)
    for _ in range(23):
        stack.refresh()
    assert len(stack.history(page_size=50, page=1)) == 20
    files = [path for path in (bench.root / "backend").rglob("*") if path.is_file()]
    assert len(files) < 70


def test_no_process_is_started_and_nothing_is_printed(bench: Bench, capfd: pytest.CaptureFixture[str],
                                                      monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """The engine works in this process, silently; the process's own environment plays no part."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setenv("PULUMI_BACKEND_URL", "file:///nowhere")
    monkeypatch.setenv("OS_PASSWORD", "of-the-process")
    bench.up(user)
    bench.stack(user).destroy()
    assert printed(capfd) == ("", "")
    assert {env["OS_PASSWORD"] for _, env in bench.provider.sessions} == {"canary-password"}
    assert not Path("/nowhere").exists()


def test_an_empty_passphrase_is_refused(bench: Bench) -> None:
    """Pulumi's own engine takes it for one."""
    bench.up(user)
    bench.environment["PULUMI_CONFIG_PASSPHRASE"] = ""
    with pytest.raises(auto.CommandError, match="no passphrase"):
        bench.up(user)
    file = bench.root / "passphrase"
    file.write_text("example\n")
    bench.environment["PULUMI_CONFIG_PASSPHRASE_FILE"] = str(file)
    assert bench.up(user) == {"same": 2}
