"""What Pulumi's own command line runs in `stacks/tenant` and `stacks/region`: the programs that `mutualis` runs."""

from __future__ import annotations

import runpy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from recording_monitor import Run, Runner

import stacks
from orchestrator.model.known_ids import KnownIds
from orchestrator.planning.environment import region_environment, tenant_environment
from orchestrator.wiring.specs import accepted, validated
from stacks import region_program, tenant_program

STACKS = Path(stacks.__file__).parent
DEMO = STACKS.parent / "inventory" / "demo"
TENANT = "arcy"


@pytest.fixture(autouse=True)
def _process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A state without a ledger, an operator's credential in the environment, the caller's mask left alone."""
    monkeypatch.setenv("MUTUALIS_STATE", str(tmp_path))
    monkeypatch.setenv("OS_CLOUD", "of-the-shell")
    monkeypatch.setattr("os.umask", lambda _: 0)


def entry_point(folder: str) -> Callable[[], None]:
    return lambda: runpy.run_path(str(STACKS / folder / "__main__.py"), run_name="__main__") and None


def by_hand(run_program: Runner, stack: str, folder: str = "tenant", inventory: str = str(DEMO)) -> Run:
    return run_program(entry_point(folder), preview=True, stack=stack, config={"demo:inventory": inventory})


def test_a_tenant_by_hand_is_the_tenant_of_apply(run_program: Runner) -> None:
    """Every resource with its inputs, parent and provider; nothing of the shell's credential."""
    specs = accepted(validated(DEMO))
    program = tenant_program(tenant_environment(specs, TENANT), KnownIds.of({}))
    run = by_hand(run_program, TENANT)
    assert run.error == ""
    assert len(run.resources) > 10
    assert run.resources == run_program(program, preview=True, stack=TENANT).resources
    assert "of-the-shell" not in str(run.resources)


def test_the_region_by_hand_is_the_region_of_apply(run_program: Runner) -> None:
    """The stack `region` is the region itself."""
    specs = accepted(validated(DEMO))
    program = region_program(region_environment(specs), DEMO)
    run = by_hand(run_program, "region", "region")
    assert run.error == ""
    assert len(run.resources) > 5
    assert run.resources == run_program(program, preview=True, stack="region").resources


@pytest.mark.parametrize(
    ("stack", "inventory", "told"),
    [
        ("nobody", str(DEMO), "has no tenant nobody; a tenant's stack has the tenant's name"),
        (TENANT, str(DEMO.parent / "no-such-region"), "there is no folder"),
    ],
)
def test_what_stands_in_the_way_is_told(run_program: Runner, stack: str, inventory: str, told: str) -> None:
    """Where, what and what to do; nothing is registered."""
    run = by_hand(run_program, stack, inventory=inventory)
    assert told in run.error
    assert run.resources == {}


def test_another_regions_folder_is_refused(run_program: Runner, tmp_path: Path) -> None:
    """URNs begin with the project: the state of one region must not be judged by the specs of another."""
    region = yaml.safe_load((DEMO / "region.yaml").read_text())
    assert region["metadata"]["name"] == "demo"
    run = run_program(
        entry_point("tenant"), preview=True, stack=TENANT, config={"demo:inventory": str(_renamed(tmp_path))}
    )
    assert "the project is demo, but" in run.error


def _renamed(directory: Path) -> Path:
    folder = directory / "other"
    shutil.copytree(DEMO, folder)
    file = folder / "region.yaml"
    file.write_text(file.read_text().replace("name: demo", "name: other", 1))
    return folder


@pytest.mark.parametrize("folder", ["tenant", "region"])
def test_the_projects_name_the_region_of_their_inventory(folder: str) -> None:
    """Both lines that an operator changes agree in what comes with the product."""
    project = yaml.safe_load((STACKS / folder / "Pulumi.yaml").read_text())
    inventory = (STACKS / folder / project["config"]["inventory"]).resolve()
    assert inventory == DEMO
    assert accepted(validated(inventory)).region.name == project["name"]
