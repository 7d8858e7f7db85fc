"""`mutualis what-if` on the demo region, without a cloud: what it prints and how it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from orchestrator.cli.what_if import what_if_command
from orchestrator.errors import SpecError, UsageError

DEMO = Path(__file__).parents[3] / "inventory" / "demo"


def run(*arguments: str | Path) -> tuple[int, Result]:
    done = CliRunner().invoke(what_if_command, list(map(str, arguments)), standalone_mode=False)
    if done.exception:
        raise done.exception
    return int(done.return_value), done


def asked(*arguments: str | Path) -> tuple[int, dict[str, Any]]:
    code, done = run(DEMO, "--json", *arguments)
    answer: dict[str, Any] = json.loads(done.stdout)
    return code, answer


@pytest.fixture
def newcomer(tmp_path: Path) -> Path:
    """A Tenant file outside the region: arcy under another name, with a share of 900 vcpus."""
    text = (DEMO / "tenants" / "arcy.yaml").read_text(encoding="utf-8")
    text = (
        text.replace("name: arcy ", "name: newcomer ")
        .replace("10.20.", "10.77.")
        .replace("    vcpus: 2\n", "    vcpus: 900\n")
    )
    path = tmp_path / "newcomer.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_loss_that_is_outlived_ends_with_zero() -> None:
    """The demo's reserve is one host."""
    code, answer = asked("--lose", "host=nord-2")
    assert (code, answer["fits"], answer["changes"]) == (0, True, ["lose host nord-2"])


def test_what_does_not_fit_is_named_and_ends_with_one() -> None:
    """Without hosts nothing at nord fits; machines like those that are lost are for sale."""
    code, done = run(DEMO, "--lose", "rack=nord/a1", "--lose", "rack=nord/a2")
    assert code == 1
    assert "2 tenants find no host (arcy, pays-des-lacs)" in done.stdout
    assert "nord  memory        16 GiB    0 B   16 GiB" in done.stdout
    assert "To buy" in done.stdout


def test_a_tenant_of_a_file_is_judged_beside_the_others(newcomer: Path) -> None:
    """It is in no folder of the region, and is not written there."""
    code, answer = asked("--add", f"tenant={newcomer}")
    short = [one for one in answer["shortfalls"] if one["promise"] == "guaranteed"]
    assert (code, [one["resource"] for one in short]) == (1, ["vcpus"])
    assert answer["changes"] == ["add tenant newcomer"]
    assert short[0]["tenants"]["newcomer"] == 900
    assert asked("--add", f"tenant={newcomer}", "--add", "host=nord-2x3")[0] == 0


def test_a_file_may_be_named_from_where_one_stands(newcomer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`./newcomer.yaml` and `newcomer.yaml` are the same."""
    monkeypatch.chdir(newcomer.parent)
    assert asked("--add", "tenant=./newcomer.yaml")[1]["changes"] == ["add tenant newcomer"]


def test_a_file_of_another_kind_is_no_tenant(tmp_path: Path) -> None:
    """A Waiver, whose name is no tenant's."""
    text = (DEMO / "waivers" / "arcy-ssh.yaml").read_text(encoding="utf-8")
    path = tmp_path / "waiver.yaml"
    path.write_text(text.replace("name: arcy-ssh", "name: other-ssh"), encoding="utf-8")
    with pytest.raises(UsageError, match="holds no Tenant"):
        asked("--add", f"tenant={path}")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    """As any broken spec: where, and what to do."""
    with pytest.raises(SpecError):
        asked("--add", f"tenant={tmp_path}/nobody.yaml")


def test_machines_of_a_file_are_added(tmp_path: Path) -> None:
    """A Host spec is a pattern: the machine of the file itself is none of the region's."""
    text = (DEMO / "hosts" / "nord-1.yaml").read_text(encoding="utf-8")
    for old, new in (("nord-1", "new"), ("unit: 1", "unit: 30"), ("250.11", "250.99"), (":0a:01", ":0a:99")):
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "new.yaml"
    path.write_text(text, encoding="utf-8")
    losses = ("--lose", "rack=nord/a1", "--lose", "rack=nord/a2")
    assert asked(*losses)[0] == 1
    code, answer = asked(*losses, "--add", f"host={path}x2")
    assert (code, answer["changes"][-1]) == (0, "add 2 x new")


def test_without_a_question_every_domain_is_lost_once() -> None:
    """Hosts, racks and sites; one line each, some of them do not fit."""
    code, done = run(DEMO)
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["host"] * 5 + ["rack"] * 3 + ["site"] * 2
    assert (code, "rack sud/b1" in done.stdout) == (1, True)


def test_a_region_that_over_promises_can_still_be_asked(tmp_path: Path) -> None:
    """What `validate` refuses for its sums is what one wants to ask about."""
    folder = tmp_path / "demo"
    shutil.copytree(DEMO, folder)
    tenant = folder / "tenants" / "arcy.yaml"
    text = tenant.read_text(encoding="utf-8")
    tenant.write_text(text.replace("    vcpus: 2\n", "    vcpus: 900\n"), encoding="utf-8")
    assert run(folder, "--retire", "pays-des-lacs")[0] == 1
    assert run(folder, "--retire", "arcy")[0] == 0
