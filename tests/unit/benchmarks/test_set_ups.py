"""What keeps the comparison of hosts fair: the same work, and a figure only for who did all of it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import hosts
import pytest
import yaml
from measurement.errors import BenchmarkError
from measurement.process import Finished
from measurement.product import Product
from set_ups import contenders
from set_ups.contenders import Place, left, plain
from set_ups.playbook import write_playbook

RECAP = "host-000 : ok=5    changed={0}    unreachable=0    failed=0    skipped=0\n"


def said(output: str, seconds: float = 1.0) -> Finished:
    return Finished(seconds=seconds, cpu_seconds=1.0, peak_bytes=0, code=0, output=output, errors="")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "settings.cfg").write_text("[defaults]\nlocal_tmp = {folder}/tmp\n")
    product = Product(mutualis=tmp_path / "mutualis", environment={"TMPDIR": str(tmp_path / "tmp")})
    return Place(product=product, folder=tmp_path, hosts=1, tasks=5, limit=1.0)


def test_the_playbook_has_as_many_tasks_as_are_said(tmp_path: Path) -> None:
    """Of five kinds, each as often as the others."""
    (play,) = yaml.safe_load(write_playbook(tmp_path, 40).read_text())
    kinds = [next(key for key in task if key.startswith("ansible.")) for task in play["tasks"]]
    assert len(kinds) == 40
    assert {kinds.count(kind) for kind in set(kinds)} == {8}


def test_the_peer_works_in_a_folder_of_its_own(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """New in each run, so that it finds no connection that an earlier one left."""
    monkeypatch.setattr(contenders, "run", lambda *_args, **_more: said(RECAP.format(0)))
    plain(place)
    plain(place)
    found = [path.read_text().splitlines()[1] for path in sorted(place.folder.glob("plain-*/ansible.cfg"))]
    assert found == [f"local_tmp = {place.folder}/plain-{number}/tmp" for number in (0, 1)]


@pytest.mark.parametrize(
    "recap", ["", RECAP.format(0).replace("ok=5", "ok=4"), "host-000 : ok=5 changed=0 unreachable=1"]
)
def test_work_that_was_not_done_is_no_figure(place: Place, monkeypatch: pytest.MonkeyPatch, recap: str) -> None:
    """A host missing, a task missing, a host not reached."""
    monkeypatch.setattr(contenders, "run", lambda *_args, **_more: said(recap))
    with pytest.raises(BenchmarkError, match="hosts done"):
        plain(place)


def test_files_that_stay_are_found(place: Place) -> None:
    """In the state folder, but for the secrets; in the home."""
    last = said(json.dumps({"prefix": "mutualis-none-of-anybody"}))
    (place.folder / "state").mkdir()
    (place.folder / "state" / "secrets.yml").touch()
    assert left(place, last) == ()
    (place.folder / "home").mkdir()
    (place.folder / "home" / "stray").touch()
    assert left(place, last) == (str(place.folder / "home" / "stray"),)


@pytest.mark.parametrize(("ours", "files", "met"), [(104.0, (), True), (106.0, (), False), (90.0, ("stray",), False)])
def test_goal(ours: float, files: tuple[str, ...], *, met: bool) -> None:
    """Five in a hundred longer at most, and nothing left."""
    given = argparse.Namespace(hosts=50, tasks=40, machines=5, rounds=1)
    found = {hosts.OURS: [said("", ours)], hosts.PEER: [said("", 100.0)]}
    line = json.loads(hosts.verdict(given, found, files).line())
    assert (line["met"], line["ratio"], line["files_left"]) == (met, round(100.0 / ours, 4), len(files))
    given.hosts = 49
    assert not hosts.verdict(given, found, files).met
