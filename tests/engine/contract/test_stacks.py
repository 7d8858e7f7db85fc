"""The Automation API's other calls: stacks, configuration, state to and fro, typed errors."""

from __future__ import annotations

import json

import pulumi
import pytest
from engine_bench import Bench, nothing
from engine_programs import user
from pulumi import automation as auto


def test_stacks_are_found_made_listed_and_removed(bench: Bench) -> None:
    """With the SDK's typed errors for what is missing, there already, or not empty."""
    options = bench.options()
    with pytest.raises(auto.StackNotFoundError):
        auto.select_stack("acme", project_name="demo", program=user, opts=options)
    stack = auto.create_stack("acme", project_name="demo", program=user, opts=bench.options())
    with pytest.raises(auto.StackAlreadyExistsError):
        auto.create_stack("acme", project_name="demo", program=user, opts=bench.options())
    (listed,) = stack.workspace.list_stacks()
    assert (listed.name, listed.current, listed.resource_count) == ("acme", True, 0)
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
    with pytest.raises(auto.CommandError, match="state file contains errors"):
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


def test_a_wrong_passphrase_is_said_so(bench: Bench) -> None:
    """Nothing is written with another key; the right one may come from a file."""
    bench.up(user)
    before = bench.state_file().read_bytes()
    bench.environment["PULUMI_CONFIG_PASSPHRASE"] = "another"
    with pytest.raises(auto.CommandError, match="incorrect passphrase"):
        bench.up(user)
    assert bench.state_file().read_bytes() == before
    file = bench.root / "passphrase"
    file.write_text("example\n")
    del bench.environment["PULUMI_CONFIG_PASSPHRASE"]
    bench.environment["PULUMI_CONFIG_PASSPHRASE_FILE"] = str(file)
    assert bench.up(user) == {"same": 2}


def test_the_history_is_shown_in_pages(bench: Bench) -> None:
    """Newest first; ten entries unless the size of a page is said."""
    stack = bench.stack(nothing)
    for number in range(11):
        stack.refresh(message=str(number))
    assert [entry.message for entry in stack.history()] == [str(number) for number in range(10, 0, -1)]
    assert [entry.message for entry in stack.history(page_size=4, page=3)] == ["2", "1", "0"]
    assert stack.history(page_size=4, page=4) == []
