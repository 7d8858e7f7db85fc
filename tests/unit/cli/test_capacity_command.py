"""`mutualis capacity` without a cloud, and with a made-up one: what it prints, watches and ends with."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest
from command_line import Mutualis
from fake_cloud_inventory import FakeCloudInventory

from orchestrator.cli import capacity_look
from orchestrator.model.snapshot import COMPUTE, InventorySnapshot

DEMO: Final = Path(__file__).parents[3] / "inventory" / "demo"
PROGRAM: Final = "from orchestrator.cli.main import main; main()"
LIMIT: Final = 120  # seconds that a loaded machine may take


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> FakeCloudInventory:
    """A cloud with nothing in it, whose parts answer."""
    empty = InventorySnapshot(
        taken_at=1000,
        projects=(),
        hypervisors=(),
        servers=(),
        volumes=(),
        pools=(),
        addresses=(),
        floating_ips={},
        health=(),
    )
    fake = FakeCloudInventory(empty)
    monkeypatch.setattr(capacity_look, "inventory_of", lambda *_arguments, **_options: fake)
    return fake


def test_json_is_asked_for_in_two_ways(mutualis: Mutualis) -> None:
    """`--json`, as what-if has it; `--format json`, as it was."""
    short, long = (
        mutualis("capacity", DEMO, "--specs-only", "--json"),
        mutualis("capacity", DEMO, "--specs-only", "--format", "json"),
    )
    assert short == long
    assert json.loads(short.out)["region"] == "demo"


def test_a_cloud_that_answers_ends_with_zero(mutualis: Mutualis, cloud: FakeCloudInventory) -> None:
    """Supply is what the cloud has, even if that is nothing."""
    ended = mutualis("capacity", DEMO)
    assert ended.code == 0
    assert "supply as seen in the cloud" in ended.out
    assert "every part answered" in ended.out


def test_a_part_that_does_not_answer_ends_with_four(mutualis: Mutualis, cloud: FakeCloudInventory) -> None:
    """Everything else is told all the same."""
    cloud.fail(COMPUTE, "no answer")
    ended = mutualis("capacity", DEMO)
    assert ended.code == 4
    assert "! compute: 0 s old: no answer" in ended.out


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("--site", "nor"), "nord"),
        (("--tenant", "arci"), "arcy"),
        (("--site", "nord", "--tenant", "arcy"), "all sites"),
        (("--watch", "0"), "--watch"),
        (("--html", "-", "--json"), "alone"),
        (("--html", "-", "--watch", "5"), "alone"),
        (("--html", "-", "--language", "de"), "--language"),
    ],
)
def test_what_means_nothing_is_refused(mutualis: Mutualis, arguments: tuple[str, ...], hint: str) -> None:
    """Exit 2, and what was probably meant."""
    ended = mutualis("capacity", DEMO, "--specs-only", *arguments)
    assert ended.code == 2
    assert hint in ended.err


def test_a_watch_appends_a_block_a_look_and_ends_with_zero() -> None:
    """Elsewhere than on a terminal; one JSON document a line, `--watch` without its seconds too."""
    command = [sys.executable, "-c", PROGRAM, "capacity", "--json", "--specs-only", "--watch", "1", str(DEMO)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        looks = [json.loads(watching.stdout.readline()) for _ in range(2)]
        watching.send_signal(signal.SIGINT)
        _, errors = watching.communicate(timeout=LIMIT)
    assert looks[0]["region"] == looks[1]["region"] == "demo"
    assert (watching.returncode, errors) == (0, "")


def test_a_watch_tells_of_specs_that_broke_meanwhile(tmp_path: Path) -> None:
    """The last good ones count, and the view says so; so it does when they are mended."""
    folder = tmp_path / "demo"
    shutil.copytree(DEMO, folder)
    region = folder / "region.yaml"
    good = region.read_text("utf-8")
    command = [sys.executable, "-c", PROGRAM, "capacity", str(folder), "--specs-only", "--json", "--watch", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        lines = iter(watching.stdout.readline, "")
        assert json.loads(next(lines))["trouble"] is None
        region.write_text("kind: [", encoding="utf-8")
        broken = next(look for look in map(json.loads, lines) if look["trouble"])
        region.write_text(good, encoding="utf-8")
        mended = next(look for look in map(json.loads, lines) if not look["trouble"])
        watching.send_signal(signal.SIGINT)
    assert broken["sites"] == mended["sites"] != []
    assert "mutualis validate" in broken["trouble"]


def test_a_terminal_is_drawn_in_place_and_given_back() -> None:
    """A screen of its own, no line wider than it, the last figures on the former screen; 0 at Ctrl-C."""
    said, code = _on_a_terminal("capacity", str(DEMO), "--specs-only", "--watch", "1", interrupt_after=b"Ctrl-C ends")
    own, _, former = said.partition("\x1b[?1049l")
    assert own.count("\x1b[?1049h") == 1
    assert "Capacity of region demo" in former
    lines = re.split(r"\n|\x1b\[H|\x1b\[\?1049l", said)
    plain = "\n".join(re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", line) for line in lines)
    assert max(map(len, plain.splitlines())) <= 80
    assert code == 0


def test_a_terminal_has_colours_unless_it_is_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR."""
    arguments = ("capacity", str(DEMO), "--specs-only", "--site", "nord")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[" in _on_a_terminal(*arguments)[0]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in _on_a_terminal(*arguments)[0]


def _on_a_terminal(*arguments: str, interrupt_after: bytes = b"") -> tuple[str, int]:
    """What the command writes to a terminal of 80 columns, and how it ends."""
    terminal, inside = pty.openpty()
    environment = {**{k: v for k, v in os.environ.items() if k != "LINES"}, "COLUMNS": "80"}
    command = [sys.executable, "-c", PROGRAM, *arguments]
    with subprocess.Popen(command, stdin=inside, stdout=inside, stderr=inside, env=environment) as running:
        os.close(inside)
        said, until, interrupted = b"", time.monotonic() + LIMIT, False
        while time.monotonic() < until and (piece := _read(terminal)) is not None:
            said += piece
            if interrupt_after and not interrupted and interrupt_after in said:
                interrupted = True
                running.send_signal(signal.SIGINT)
        code = running.wait(LIMIT)
    os.close(terminal)
    return said.decode(), code


def _read(terminal: int) -> bytes | None:
    """None: the command is over."""
    if not select.select([terminal], [], [], 0.2)[0]:
        return b""
    try:
        return os.read(terminal, 65536) or None
    except OSError:
        return None


def test_a_page_is_written_at_once(mutualis: Mutualis, tmp_path: Path) -> None:
    """Into a file, which is replaced as a whole, or to standard output; in the language that was asked for."""
    file = tmp_path / "capacity.html"
    file.write_text("before", encoding="utf-8")
    ended = mutualis("capacity", DEMO, "--specs-only", "--tenant", "arcy", "--language", "fr", "--html", file)
    assert (ended.code, ended.out) == (0, "")
    page = file.read_text("utf-8")
    assert '<html lang="fr">' in page
    assert "sainte-odile" not in page
    assert [one.name for one in tmp_path.iterdir() if "part" in one.name] == []


def test_a_page_goes_to_a_pipe_in_utf_8() -> None:
    """Whatever the terminal's encoding: the page says itself which it is."""
    command = [sys.executable, "-c", PROGRAM, "capacity", str(DEMO), "--specs-only", "--html", "-"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "MUTUALIS_LANGUAGE": "fr"}
    done = subprocess.run(command, capture_output=True, env=environment, check=True, timeout=LIMIT)
    page = done.stdout.decode()
    assert page.startswith("<!DOCTYPE html>")
    assert "Capacité de la région demo" in page
