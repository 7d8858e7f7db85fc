"""What the disk does to a state: broken, full, read-only. Nothing is lost, and it is said what to do."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pulumi_openstack as openstack
import pytest
from engine_bench import Bench
from pulumi import automation as auto


def network() -> None:
    openstack.networking.Network("n", name="n1")


def networks(number: int = 8) -> None:
    for index in range(number):
        openstack.networking.Network(f"n{index}", name=f"n{index}")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 3, "checkpoint": 1}'])
def test_a_broken_checkpoint_is_told_with_the_way_back(bench: Bench, text: str) -> None:
    """File, `.bak`, backups; what stands in `.bak` put back works again; nothing is overwritten meanwhile."""
    bench.up(network)
    bench.up(network)
    file = bench.state_file()
    file.write_text(text)
    with pytest.raises(auto.CommandError, match=r"acme\.json is no checkpoint.*acme\.json\.bak: look at it"):
        bench.up(network)
    assert file.read_text() == text
    file.with_name("acme.json.bak").replace(file)
    assert bench.up(network) == {"same": 2}


def test_a_broken_stack_is_listed_like_the_others(bench: Bench) -> None:
    """One broken file does not keep the rest of a region from being seen."""
    bench.up(network)
    bench.up(network, "other")
    bench.state_file().write_text("{")
    listed = bench.stack(network, "other").workspace.list_stacks()
    assert [(one.name, one.resource_count) for one in listed] == [("acme", None), ("other", 3)]
    assert bench.up(network, "other") == {"same": 2}


def test_an_export_is_imported_over_a_broken_checkpoint(bench: Bench) -> None:
    """The way back for who has an export and no `.bak`."""
    stack = bench.stack(network)
    stack.up()
    exported = stack.export_stack()
    bench.state_file().write_text("{")
    stack.import_stack(exported)
    assert bench.up(network) == {"same": 2}


def test_states_packed_with_gzip_are_read_and_written_as_it_is_set(bench: Bench) -> None:
    """By the official backends' own variable; the other form is kept as the one before, never both."""
    bench.up(network)
    bench.environment["PULUMI_DIY_BACKEND_GZIP"] = "true"
    assert bench.up(network) == {"same": 2}
    folder = bench.state_file().parent
    assert sorted(path.name for path in folder.glob("acme.json*")) == ["acme.json.bak", "acme.json.gz"]
    assert json.loads(gzip.decompress((folder / "acme.json.gz").read_bytes()))["version"] == 3
    del bench.environment["PULUMI_DIY_BACKEND_GZIP"]
    assert bench.up(network) == {"same": 2}
    assert sorted(path.name for path in folder.glob("acme.json*")) == ["acme.json", "acme.json.bak", "acme.json.gz.bak"]
    assert len(bench.stack().history()) == 3


def test_zstd_is_refused_by_name(bench: Bench) -> None:
    """Set, or found."""
    bench.up(network)
    bench.environment["PULUMI_DIY_BACKEND_ZSTD"] = "1"
    with pytest.raises(auto.CommandError, match="PULUMI_DIY_BACKEND_ZSTD is set"):
        bench.up(network)
    del bench.environment["PULUMI_DIY_BACKEND_ZSTD"]
    bench.state_file().rename(bench.state_file().with_name("acme.json.zst")).write_bytes(b"\x28\xb5\x2f\xfd0000")
    with pytest.raises(auto.CommandError, match=r"acme\.json\.zst is packed with zstd"):
        bench.up(network)


def test_history_is_kept_as_long_as_it_is_set(bench: Bench) -> None:
    """Copies of the state are packed; a number that is none is refused before anything is done."""
    bench.environment["MUTUALIS_STATE_HISTORY"] = "3"
    for _ in range(5):
        bench.up(network)
    home = bench.root / "backend" / ".pulumi"
    names = sorted(path.name.partition(".")[2] for path in (home / "history" / "demo" / "acme").iterdir())
    assert names == ["checkpoint.json.gz"] * 3 + ["history.json"] * 3
    copies = list((home / "backups" / "demo" / "acme").iterdir())
    assert len(copies) == 3
    assert json.loads(gzip.decompress(copies[0].read_bytes()))["checkpoint"]["stack"] == "organization/demo/acme"
    for wrong in ("0", "many"):
        bench.environment["MUTUALIS_STATE_HISTORY"] = wrong
        with pytest.raises(auto.CommandError, match="MUTUALIS_STATE_HISTORY is"):
            bench.up(networks)
    assert len(bench.cloud.objects()) == 1


@pytest.mark.parametrize(("before", "limit"), [(0, 6000), (16, 4500)])
def test_a_full_disk_loses_nothing(tmp_path: Path, before: int, limit: int) -> None:
    """A limit on file sizes stands for it: only the journal does not fit, or the checkpoint neither.

    The operation says which file and what to do, and the next one finishes.
    """
    bench = Bench(tmp_path)
    bench.up(lambda: networks(before))
    found = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _LIMITED, str(Path(__file__).parent), str(tmp_path), str(limit)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "cannot write" in found.stdout, found.stdout + found.stderr
    assert "acme.journal: File too large; raise the limit of file sizes" in found.stdout
    assert ("acme.json: File too large" in found.stdout) == bool(before)
    assert "Traceback" not in found.stdout
    made = len(bench.cloud.objects())
    assert before < made < 24
    assert len(locks(bench)) == (1 if before else 0)  # while a journal is left, Pulumi's command line stays away
    bench.up(lambda: networks(24))
    assert {r["id"] for r in bench.recorded().values()} == set(bench.cloud.objects())
    assert len(bench.cloud.objects()) == 24
    assert locks(bench) == []


def locks(bench: Bench) -> list[Path]:
    return list((bench.root / "backend" / ".pulumi" / "locks").rglob("*.json"))


_LIMITED = """
import resource, sys
sys.path.insert(0, sys.argv[1])
import engine_crash_child  # loads everything
from test_broken_state import networks
from engine_bench import Bench
from pathlib import Path
bench = Bench(Path(sys.argv[2]))
stack = bench.stack(lambda: networks(24))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), -1))
try:
    stack.up(parallel=1)
except Exception as error:
    print(error)
"""


def test_a_read_only_state_is_told_before_anything_is_done(tmp_path: Path) -> None:
    """Which file, and what to do; the cloud is not touched. As another user where the tests are root's."""
    bench = Bench(tmp_path)
    bench.up(network)
    home = bench.root / "backend" / ".pulumi"
    found = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _READ_ONLY, str(Path(__file__).parent), str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert found.stdout.count("give the user of this process the right to it") == 1, found.stdout + found.stderr
    assert f"error: cannot lock {home / 'stacks/demo/acme.lock'}: Permission denied" in found.stdout
    assert len(bench.cloud.objects()) == 1
    (home / "stacks/demo/acme.lock").chmod(0o600)
    assert bench.up(network) == {"same": 2}


_READ_ONLY = """
import os, sys
sys.path.insert(0, sys.argv[1])
import engine_crash_child  # loads everything
from test_broken_state import networks
from engine_bench import Bench
from pathlib import Path
root = Path(sys.argv[2])
bench = Bench(root)
stack = bench.stack(networks)
(root / "backend/.pulumi/stacks/demo/acme.lock").chmod(0o400)
if os.geteuid() == 0:  # keep the right to look everywhere, and lose the one to write
    import ctypes
    CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    keep = 1 << CAP_DAC_READ_SEARCH
    data = (ctypes.c_uint32 * 6)(keep, keep, 0, 0, 0, 0)
    assert ctypes.CDLL(None, use_errno=True).capset(header, data) == 0
try:
    stack.up(parallel=1)
except Exception as error:
    print(error)
"""


def test_the_price_of_a_step_does_not_grow_with_the_state(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that reach the journal for the last resource, with 10 and with 300 before it."""
    written: list[int] = []
    original = os.write

    def counted(descriptor: int, data: bytes) -> int:
        written.append(len(data))
        return original(descriptor, data)

    monkeypatch.setattr(os, "write", counted)
    costs = []
    for number in (10, 300):

        def program(number: int = number) -> None:
            for index in range(number):
                openstack.networking.Network(f"n{index:04}", name=f"n{index:04}")

        written.clear()
        bench.up(program, f"s{number}")
        written.clear()

        def one_more(number: int = number) -> None:
            program(number)
            openstack.networking.Network("x", name="x")

        assert bench.up(one_more, f"s{number}")["create"] == 1
        costs.append(sum(written))
    assert costs[0] > 500
    assert costs[1] < costs[0] * 1.05
