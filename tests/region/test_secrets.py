"""The canary: credentials and passphrase are found nowhere but where they belong."""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path

import pytest
import yaml
from demo_region import PASSPHRASE, DemoRegion
from exporter_client import until

pytestmark = pytest.mark.cloud


def command_lines(stop: threading.Event, seen: set[str]) -> None:
    """Note the arguments of every process until told to stop."""
    while not stop.wait(0.05):
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                seen.add(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
            except OSError:
                continue


def test_no_secret_leaves_its_place(demo: DemoRegion, tmp_path: Path) -> None:
    """Not in argv of any process, output, plan, journal, ledger or state; modes keep others out."""
    clouds = yaml.safe_load(demo.clouds.read_text(encoding="utf-8"))["clouds"]
    secrets = {entry["auth"]["password"] for entry in clouds.values()} | {PASSPHRASE}
    assert all(len(secret) >= 16 for secret in secrets)
    stop, seen = threading.Event(), set[str]()
    watcher = threading.Thread(target=command_lines, args=(stop, seen))
    watcher.start()
    try:
        plan = demo.run("plan", str(demo.folder), "--out", str(tmp_path / "plan.json"))
        apply = demo.run("apply", str(tmp_path / "plan.json"))
        exporter = subprocess.Popen(
            demo.command(
                "exporter", str(demo.folder), "--listen", "127.0.0.1:0", "--ready-file", str(tmp_path / "url")
            ),
            env=demo.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        until(lambda: (tmp_path / "url").exists() or exporter.poll() is not None)
        exporter.terminate()
        said, _ = exporter.communicate(timeout=60)
    finally:
        stop.set()
        watcher.join()
    assert (plan.returncode, apply.returncode) == (0, 0), plan.stderr + apply.stderr
    assert (tmp_path / "url").exists(), said
    assert any("mutualis" in line and "apply" in line for line in seen)
    texts = [*seen, plan.stdout, plan.stderr, apply.stdout, apply.stderr, said]
    files = [*tmp_path.rglob("*"), *demo.state.rglob("*"), *(demo.lab / "log").rglob("*")]
    texts += [path.read_bytes().decode(errors="replace") for path in files if path.is_file()]
    for secret in secrets:
        assert not [text[:200] for text in texts if secret in text]


def test_records_are_for_their_owner_only(demo: DemoRegion) -> None:
    """Directories 0700, files 0600, everywhere below the state folder."""
    paths = [demo.state, *demo.state.rglob("*")]
    assert any(path.suffix == ".json" for path in paths)
    wrong = [(path, oct(path.stat().st_mode & 0o777)) for path in paths if path.stat().st_mode & 0o077]
    assert wrong == []
