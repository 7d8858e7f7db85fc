"""The five parts of a review, of changes to the demo region that each does one thing."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from git_repository import Repository

from orchestrator.model.review import Change, DocumentChange, Review

Look = Callable[..., Review]
DEMO = "inventory/demo"
ARCY = f"{DEMO}/tenants/arcy.yaml"


def document(review: Review, name: str) -> DocumentChange:
    (found,) = [one for one in review.documents if one.ref.name == name]
    return found


@pytest.fixture
def change(repository: Repository) -> Repository:
    repository.branch("change")
    return repository


def test_no_change_is_told_as_none(look: Look) -> None:
    """All parts are there, and nothing is new."""
    found = look("main")
    assert (found.documents, found.policy.new, found.policy.solved) == ((), (), ())
    assert [one.code for one in found.policy.staying] == ["POL004"]
    assert found.capacity is not None
    assert not any(one.changed for one in found.capacity.rooms)
    assert found.cost is not None
    assert found.cost.before == found.cost.after
    assert not found.refuses


def test_a_larger_volume_is_one_field_of_one_thing(change: Repository, look: Look) -> None:
    """With what it costs its member more: 100 GiB by the tariff, and nobody else."""
    change.replace(ARCY, "sizeGiB: 100", "sizeGiB: 200")
    change.commit()
    found = look()
    (part,) = document(found, "arcy").parts
    (field,) = part.fields
    assert (part.kind, part.name, part.change) == ("volume", "archive", Change.CHANGED)
    assert (field.field, field.before, field.after) == ("size_gib", "100", "200")
    assert found.cost is not None
    assert found.cost.before is not None
    more = {name: one.charge - found.cost.before.members[name].charge for name, one in found.cost.after.members.items()}
    assert more["arcy"] > 0
    assert (more["pays-des-lacs"], more["sainte-odile"]) == (0, 0)


def test_a_flavor_of_another_size_shows_at_every_tenant_that_uses_it(change: Repository, look: Look) -> None:
    """Though no file of theirs changes."""
    catalogue = (change.place / DEMO / "catalogue.yaml").read_text()
    assert "small" in catalogue
    larger = re.compile(r"(name: small\b.*?vcpus: )\d+", re.DOTALL)
    text = larger.sub(r"\g<1>3", catalogue, count=1)
    assert text != catalogue
    (change.place / DEMO / "catalogue.yaml").write_text(text)
    change.commit()
    found = look()
    sizes = [
        (one.ref.name, part.name)
        for one in found.documents
        if one.ref.kind == "Tenant"
        for part in one.parts
        if [field.field for field in part.fields] == ["size"]
    ]
    assert ("arcy", "web-1") in sizes


def test_a_retired_tenant_is_told_with_everything_that_goes(change: Repository, look: Look) -> None:
    """As many objects as its stack has, beside the budget of one run; it is charged nothing."""
    with (change.place / ARCY).open("a") as file:
        file.write("  state: retired\n  retiredOn: 2026-06-01\n")
    change.commit()
    found = look()
    told = document(found, "arcy")
    assert told.deletes > 50
    assert any("retired" in said and "data included" in said for said in told.says)
    assert found.deletion_budget == 60
    assert found.cost is not None
    assert "arcy" not in found.cost.after.members


def test_a_missing_file_deletes_nothing_and_is_told(change: Repository, look: Look) -> None:
    """Who removes a file learns what does delete."""
    (change.place / ARCY).unlink()
    (change.place / DEMO / "waivers" / "arcy-ssh.yaml").unlink()
    change.commit()
    told = document(look(), "arcy")
    assert (told.change, told.deletes) == (Change.REMOVED, 0)
    assert "deletes nothing" in told.says[0]


def test_a_lost_host_shows_in_capacity_policy_and_cost(change: Repository, look: Look) -> None:
    """A promise that is not kept any more refuses, with the number that is missing."""
    (change.place / DEMO / "hosts" / "nord-3.yaml").unlink()
    change.commit()
    found = look()
    assert found.refuses
    assert "CAP004" in {one.code for one in found.policy.new}
    assert found.capacity is not None
    new = [one for one in found.capacity.losses if one.new]
    assert [one.domain for one in new] == ["host nord-1", "host nord-2"]
    assert "4 GiB of memory" in new[0].text
    assert "missing" in new[0].text
    assert found.cost is not None
    assert found.cost.before is not None
    saved = found.cost.before.cost.investment - found.cost.after.cost.investment
    assert saved == 620


def test_findings_stay_when_their_lines_move(change: Repository, look: Look) -> None:
    """A comment above them is no new finding."""
    text = (change.place / ARCY).read_text()
    (change.place / ARCY).write_text(f"# one more line\n{text}")
    change.commit()
    found = look()
    assert (found.policy.new, found.policy.solved, found.documents) == ((), (), ())
    assert [one.position.line for one in found.policy.staying] == [100]


def test_a_withdrawn_waiver_is_told_and_what_it_suspended_refuses(change: Repository, look: Look) -> None:
    """The same finding, waived before and not now, is new."""
    (change.place / DEMO / "waivers" / "arcy-ssh.yaml").unlink()
    change.commit()
    found = look()
    assert [(one.code, one.refuses) for one in found.policy.new] == [("POL004", True)]
    assert [one.code for one in found.policy.solved] == ["POL004"]
    assert len(found.policy.waivers) == 1
    assert found.policy.waivers[0].startswith("waiver arcy-ssh is withdrawn: POL004 for Tenant arcy")


def test_findings_name_files_as_the_repository_does(change: Repository, look: Look, tmp_path: Path) -> None:
    """Whatever they were copied to; also in their words."""
    change.replace(ARCY, "flavor: small", "flavor: gigantic")
    (change.place / DEMO / "tenants" / "twice.yaml").write_text((change.place / ARCY).read_text())
    change.commit()
    found = look()
    assert found.unread.startswith("the specs are wrong in form or reference")
    assert {one.position.file for one in found.policy.new} >= {ARCY}
    assert not [one for one in found.policy.new if "mutualis-review-" in f"{one.message}{one.hint}{one.position}"]


def test_with_nothing_to_compare_everything_is_new(look: Look) -> None:
    """As for the first push of a region."""
    found = look("main", base=None)
    assert (found.base, found.policy.staying) == ("", ())
    assert {one.change for one in found.documents} == {Change.ADDED}
    assert found.cost is not None
    assert found.cost.before is None


def test_a_head_without_the_folder_says_so(look: Look) -> None:
    """Nothing can be judged; that is no refusal of its own."""
    found = look("main", folder="inventory/elsewhere")
    assert "no such folder" in found.unread
