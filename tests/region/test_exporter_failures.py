"""The running exporter while its cloud fails: what is not concerned stays what the slow method finds, all the time.

What fails is told within one collection, keeps its last values, and is well again by itself. The tests share one
exporter, which none of them stops or starts anew.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from demo_region import DemoRegion
from exporter_client import until
from page_samples import differences, figures_of, own_figures, samples_of
from recording_proxy import Call
from running_exporter import LONG, RunningExporter, running_exporter
from slow_book import Book, Key
from slow_records import PARTS

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(3000)]  # the region is applied within the first test's time

FORCED = 8  # collections


@pytest.fixture(scope="module")
def exporter(estuaire: DemoRegion, book: Book, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningExporter]:
    """Running, with every part read; `tokens` in its directory."""
    directory = tmp_path_factory.mktemp("exporter")
    new_token(estuaire, "valbas", directory / "tokens")  # without any the exporter does not start
    with running_exporter(estuaire, directory, "--tokens", str(directory / "tokens")) as running:
        check_settled(running, book)
        yield running


def new_token(region: DemoRegion, tenant: str, tokens: Path) -> str:
    done = region.run("exporter-token", str(region.folder), tenant, "--tokens", str(tokens))
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def check_settled(exporter: RunningExporter, book: Book, down: frozenset[str] = frozenset()) -> None:
    """Wait until every figure is the slow method's, with these parts down and no other."""
    changed = {up(part): 0.0 for part in down}
    until(lambda: not differences(exporter.page(), book, changed), LONG)


def up(part: str) -> Key:
    return "mutualis_collector_up", (("part", part),)


def last_success(exporter: RunningExporter) -> Mapping[str, float]:
    name = "mutualis_collector_last_success_timestamp_seconds"
    return {dict(labels)["part"]: at for (one, labels), at in exporter.page().items() if one == name}


def pid_of(region: DemoRegion, service: str) -> int:
    status = region.run("lab", "status", "--dir", str(region.lab)).stdout
    (pid,) = re.findall(rf"^up +{service} .* pid (\d+),", status, re.MULTILINE)
    return int(pid)


def check_only_older(exporter: RunningExporter, down: set[str]) -> None:
    """What is down stays as old as it was, everything else (but what is read seldom) is read again."""
    before = last_success(exporter)
    often = set(PARTS) - {"network_objects"} - down
    until(lambda: all(last_success(exporter)[part] > before[part] for part in often), LONG)
    assert {part: last_success(exporter)[part] for part in down} == {part: before[part] for part in down}


def test_it_serves_what_the_slow_method_finds(exporter: RunningExporter, book: Book) -> None:
    """In both formats, and over many collections with as many threads as at first."""
    assert differences(exporter.page(), book) == []
    openmetrics = exporter.ask("/metrics", Accept="application/openmetrics-text; version=1.0.0")
    assert openmetrics.body.endswith(b"# EOF\n")
    assert figures_of(samples_of(openmetrics.body.decode().removesuffix("# EOF\n")), book) == figures_of(
        exporter.page(), book
    )
    fewest = min(exporter.threads() for _ in range(20))
    for _ in range(FORCED):
        exporter.collect()
        check_settled(exporter, book)
    until(lambda: exporter.threads() <= fewest, LONG)


def test_a_member_reads_its_own_figures_with_its_token(
    estuaire: DemoRegion, exporter: RunningExporter, book: Book
) -> None:
    """Nobody else's, not without the token, not with another's, and not once it was withdrawn."""
    tokens = exporter.log.with_name("tokens")
    made = {tenant: new_token(estuaire, tenant, tokens) for tenant in ("valmont", "valbas")}

    def member(token: str) -> Any:
        return exporter.ask("/tenant/valmont/metrics", Authorization=f"Bearer {token}")

    answer = member(made["valmont"])
    assert answer.status == 200
    assert figures_of(samples_of(answer.body.decode()), book) == own_figures(book, "valmont")
    assert [member(token).status for token in (made["valbas"], "", made["valmont"][:-1])] == [401, 401, 401]
    done = estuaire.run("exporter-token", str(estuaire.folder), "valmont", "--tokens", str(tokens), "--withdraw")
    assert done.returncode == 0, done.stderr
    assert member(made["valmont"]).status == 401


def test_a_service_that_hangs_makes_its_own_parts_old(
    estuaire: DemoRegion, exporter: RunningExporter, book: Book
) -> None:
    """Cinder is stopped in its tracks: its two parts say so, all others go on; then it goes on too."""
    pid = pid_of(estuaire, "cinder")
    os.kill(pid, signal.SIGSTOP)
    try:
        check_settled(exporter, book, frozenset({"volume", "volume_quota"}))
        check_only_older(exporter, {"volume", "volume_quota"})
        fewest = exporter.threads()
        check_only_older(exporter, {"volume", "volume_quota"})
        until(lambda: exporter.threads() <= fewest + 2, LONG)  # none more hangs with each collection
    finally:
        os.kill(pid, signal.SIGCONT)
    check_settled(exporter, book)


def test_a_service_that_is_killed_makes_its_own_part_old(
    estuaire: DemoRegion, exporter: RunningExporter, book: Book
) -> None:
    """Placement is gone, and comes back as another process."""
    os.kill(pid_of(estuaire, "placement"), signal.SIGKILL)
    try:
        check_settled(exporter, book, frozenset({"placement"}))
        check_only_older(exporter, {"placement"})
    finally:
        done = estuaire.run("lab", "up", "--dir", str(estuaire.lab))
    assert done.returncode == 0, done.stderr
    check_settled(exporter, book)


def test_a_credential_that_is_refused_for_a_while_is_taken_again(
    estuaire: DemoRegion, exporter: RunningExporter, book: Book
) -> None:
    """The reading user is disabled, which revokes its token; with it enabled again all parts are read anew."""
    identity = estuaire.connection().identity
    user = identity.find_user("reader", ignore_missing=False)
    identity.update_user(user, is_enabled=False)
    try:
        until(lambda: "identity" not in exporter.up(), LONG)
        page = exporter.page()
        assert differences(page, book, {up(part): page[up(part)] for part in PARTS}) == []
    finally:
        identity.update_user(user, is_enabled=True)
    check_settled(exporter, book)


def test_a_project_that_vanishes_while_it_is_read_takes_nothing_along(
    estuaire: DemoRegion, exporter: RunningExporter, book: Book
) -> None:
    """It is deleted between the list of projects and their quotas; then it is gone as if it had never been."""
    identity = estuaire.connection().identity
    project = identity.create_project(name="brief", domain_id="default", tags=["mutualis", "tenant=valmont"])
    keystone = int(re.findall(r":(\d+)/", str(estuaire.connection().config.get_auth_args()["auth_url"]))[0])
    vanished: list[float] = []

    def vanish(call: Call) -> bool:
        if not vanished and (call.port, call.path) == (keystone, "/v3/projects"):
            identity.delete_project(project)
            vanished.append(time.time())
        return False

    exporter.proxy.lose = vanish
    pages = []
    until(lambda: bool(vanished), LONG)
    until(lambda: not differences(pages.append(exporter.page()) or pages[-1], book), LONG)
    told = {line for page in pages for line in differences(page, book)}
    assert [line for line in told if not concerns(line)] == []
    check_settled(exporter, book)


def concerns(line: str) -> bool:
    """Whether a difference tells of valmont's quotas, of its site's, or of how well the cloud was read."""
    return "tenant=valmont" in line or ("quota" in line and "site=amont" in line) or "mutualis_collector_" in line


def test_it_told_its_log_and_never_broke(exporter: RunningExporter) -> None:
    """After all of that: the same process, without a traceback."""
    assert exporter.process.poll() is None
    assert "Traceback" not in exporter.log.read_text(encoding="utf-8")
