"""The Automation API's other calls: stacks, configuration, state to and fro, typed errors."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench, nothing
from pulumi import automation as auto


def user() -> None:
    made = openstack.identity.User("u", name="u1", password="pw-canary")
    pulumi.export("password", made.password)


def test_stacks_are_found_made_listed_and_removed(bench: Bench) -> None:
    """With the SDK's typed errors for what is missing, there already, or not empty."""
    options = bench.options()
    with pytest.raises(auto.StackNotFoundError):
        auto.select_stack("acme", project_name="demo", program=user, opts=options)
    stack = auto.create_stack("acme", project_name="demo", program=user, opts=bench.options())
    with pytest.raises(auto.StackAlreadyExistsError):
        auto.create_stack("acme", project_name="demo", program=user, opts=bench.options())
    assert [(s.name, s.current, s.last_update) for s in stack.workspace.list_stacks()] == [("acme", True, None)]
    stack.up()
    (listed,) = stack.workspace.list_stacks()
    assert listed.resource_count == 3
    assert listed.last_update is not None
    with pytest.raises(auto.CommandError, match="still has resources; removal rejected"):
        stack.workspace.remove_stack("acme")
    stack.destroy(remove=True)
    assert stack.workspace.list_stacks() == []
    assert not (bench.root / "work" / "acme" / "Pulumi.acme.yaml").exists()
    with pytest.raises(auto.StackNotFoundError):
        auto.select_stack("acme", project_name="demo", program=user, opts=bench.options())


def test_who_am_i_and_version(bench: Bench) -> None:
    """The backend's address, and a version that the SDK takes as new enough."""
    stack = bench.stack()
    assert stack.workspace.who_am_i().url == f"file://{bench.root}/backend"
    assert stack.workspace.pulumi_version == "3.259.0"


def test_configuration_is_kept_typed_and_sealed(bench: Bench) -> None:
    """Texts, secrets and paths come back as they were set; a program sees them; removal removes."""
    stack = bench.stack()
    stack.set_config("plain", auto.ConfigValue("--text with = and spaces"))
    stack.set_all_config({"secret": auto.ConfigValue("pw-canary", secret=True), "other:key": auto.ConfigValue("1")})
    stack.set_config("obj.x[0]", auto.ConfigValue("1"), path=True)
    stack.set_config("obj.y", auto.ConfigValue("yes"), path=True)
    found = {key: (value.value, value.secret) for key, value in stack.get_all_config().items()}
    assert found == {
        "demo:plain": ("--text with = and spaces", False),
        "demo:secret": ("pw-canary", True),
        "other:key": ("1", False),
        "demo:obj": ('{"x":[1],"y":"yes"}', False),
    }
    assert stack.get_config("obj.x[0]", path=True).value == "1"
    assert stack.get_config("secret").secret
    assert "pw-canary" not in (bench.root / "work" / "acme" / "Pulumi.acme.yaml").read_text()
    seen: dict[str, object] = {}

    def program() -> None:
        config = pulumi.Config()
        seen.update(plain=config.require("plain"), obj=config.require_object("obj"))
        pulumi.export("secret", config.require_secret("secret"))

    outputs = bench.stack(program).up().outputs
    assert seen == {"plain": "--text with = and spaces", "obj": {"x": [1], "y": "yes"}}
    assert outputs["secret"].secret
    recorded = bench.stack(program).history()[0].config["demo:secret"]
    assert (recorded.value, recorded.secret) == ("pw-canary", True)
    stack.remove_config("plain")
    stack.remove_all_config(["secret", "obj"])
    assert set(stack.get_all_config()) == {"other:key"}
    stack.refresh_config()
    assert stack.get_config("secret").value == "pw-canary"
    with pytest.raises(auto.CommandError, match="configuration key 'nothing' not found for stack 'acme'"):
        stack.get_config("nothing")


def test_configuration_of_the_package_reaches_the_default_provider(bench: Bench) -> None:
    """`openstack:*` keys configure it; a secret one stays one in the state."""
    stack = bench.stack(user)
    stack.set_config("openstack:region", auto.ConfigValue("RegionTwo"))
    stack.set_config("openstack:password", auto.ConfigValue("pw-canary", secret=True))
    stack.up()
    assert bench.provider.sessions[0][0] == {"region": "RegionTwo", "password": "pw-canary"}
    assert "pw-canary" not in bench.state_file().read_text()
    bench.calls()
    stack.destroy()
    assert bench.calls() == [("delete", "User")]


def test_state_goes_out_and_in(bench: Bench) -> None:
    """An export holds secrets in clear for whoever may have them; an import seals them again."""
    bench.up(user)
    stack = bench.stack(user)
    exported = stack.export_stack()
    assert exported.version == 3
    assert json.dumps(exported.deployment).count("pw-canary") >= 2
    stack.import_stack(exported)
    assert "pw-canary" not in bench.state_file().read_text()
    assert bench.preview(user) == {"same": 2}
    exported.deployment["resources"].reverse()
    with pytest.raises(auto.CommandError, match="integrity"):
        stack.import_stack(exported)
    assert bench.preview(user) == {"same": 2}


def test_tags(bench: Bench) -> None:
    """Set, got, listed, removed."""
    stack = bench.stack()
    stack.set_tag("owner", "blue")
    assert stack.get_tag("owner") == "blue"
    assert stack.list_tags() == {"owner": "blue"}
    stack.remove_tag("owner")
    assert stack.list_tags() == {}


def test_a_wrong_or_missing_passphrase_is_said_so(bench: Bench) -> None:
    """Nothing is written with another key; an empty passphrase is refused."""
    bench.up(user)
    before = bench.state_file().read_bytes()
    bench.environment["PULUMI_CONFIG_PASSPHRASE"] = "another"
    with pytest.raises(auto.CommandError, match="incorrect passphrase"):
        bench.up(user)
    bench.environment["PULUMI_CONFIG_PASSPHRASE"] = ""
    with pytest.raises(auto.CommandError, match="no passphrase"):
        bench.up(user)
    assert bench.state_file().read_bytes() == before
    file = bench.root / "passphrase"
    file.write_text("example\n")
    bench.environment["PULUMI_CONFIG_PASSPHRASE_FILE"] = str(file)
    assert bench.up(user) == {"same": 2}


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
    assert len(stack.history()) == 20
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
    assert capfd.readouterr() == ("", "")
    assert {env["OS_PASSWORD"] for _, env in bench.provider.sessions} == {"canary-password"}
    assert not Path("/nowhere").exists()
