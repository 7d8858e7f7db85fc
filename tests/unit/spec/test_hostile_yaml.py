"""Nobody can make the loader slow, large or obedient (design section 10)."""

from __future__ import annotations

import os
import time
import tracemalloc
from pathlib import Path

import pytest
from region_examples import EXAMPLES, laid_out

from orchestrator.spec.characters import MOST_BYTES
from orchestrator.spec.folder import read
from orchestrator.spec.load import load
from orchestrator.spec.region import load_region
from orchestrator.spec.validate import validate

SECONDS = 2.0
MIBS = 64

BILLION_LAUGHS = b"".join(
    b"%c: &%c [%s]\n" % (97 + n, 97 + n, b",".join([b"*%c" % (96 + n) if n else b"lol"] * 9)) for n in range(9)
)
HOSTILE = {
    "billion-laughs": (BILLION_LAUGHS, "SPEC007"),
    "self-reference": (b"a: &a [*a]\n", "SPEC007"),
    "deep-flow": (b"[" * MOST_BYTES, "SPEC004"),
    "deep-block": (b"- " * (MOST_BYTES // 2), "SPEC004"),
    "deep-mapping": (b"{a: " * (MOST_BYTES // 4), "SPEC004"),
    "deep-keys": (b"? " * (MOST_BYTES // 2), "SPEC004"),
    "many-items": (b"- 1\n" * (MOST_BYTES // 4), "SPEC004"),
    "many-keys": (b"".join(b"k%d: 1\n" % n for n in range(60_000)), "SPEC004"),
    "too-many-bytes": (b"a" * (MOST_BYTES + 1), "SPEC004"),
    "one-long-quoted-text": (b'"' + b"a" * (MOST_BYTES - 2), "SPEC001"),
    "one-huge-number": (b"a: " + b"9" * (MOST_BYTES - 4), "SPEC010"),
    "many-duplicate-keys": (b"a: 1\n" * 20_000, "SPEC005"),
    "python-object": (b"!!python/object/apply:os.system ['exit 7']\n", "SPEC006"),
    "python-name": (b"a: !!python/name:os.system\n", "SPEC006"),
    "binary": (b"a: !!binary AAAA\n", "SPEC006"),
    "own-tag": (b"%TAG ! tag:evil,2026:\n---\na: !b c\n", "SPEC006"),
    "merge": (b"a: {<<: {b: 1}}\n", "SPEC007"),
    "utf-16": ("kind: Tenant\n".encode("utf-16"), "SPEC002"),
    "nul": (b"a: \x00\n", "SPEC003"),
    "escape-sequence": (b"a: \x1b[2J\n", "SPEC003"),
    "line-separator": ("a: b\u2028c: d\n".encode(), "SPEC003"),
    "zero-width": ("adm\u200bin: 1\n".encode(), "SPEC003"),
    "cyrillic-in-a-name": ("metadata: {name: p\u0430ys}\n".encode(), "SPEC003"),
    "greek-in-a-key": ("n\u03bfme: a\n".encode(), "SPEC003"),
    "lone-carriage-return": (b"a: 1\rb: 2\r", "SPEC003"),
    "next-line": ("a: 1\u0085b: 2\n".encode(), "SPEC003"),
    "overlong-utf-8": (b"a: \xc0\xaf\n", "SPEC002"),
    "huge-exponent": (b"a: 1e999\n", "SPEC010"),
    "huge-hexadecimal": (b"a: 0x" + b"f" * 100_000 + b"\n", "SPEC010"),
    "laughs-in-blocks": (b"a: &a\n  - x\nb: &b\n  - *a\n  - *a\n", "SPEC007"),
    "many-anchors": (b"".join(b"k%d: &a%d x\n" % (n, n) for n in range(20_000)), "SPEC007"),
    "long-key": (b"a" * 2000 + b": 1\n", "SPEC001"),
    "directive-of-another-version": (b"%YAML 9.9\n---\na: 1\n", "SPEC001"),
    "surrogate": (b'a: "\\ud800"\n', "SPEC001"),
    "second-document": (b"a: 1\n--- !!python/object:os.system {}\n", "SPEC008"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_bounded_time_and_memory(name: str) -> None:
    """The refusal names the trick; it costs less than two seconds and 64 MiB."""
    content, code = HOSTILE[name]
    tracemalloc.start()
    try:
        begin = time.process_time()
        _, findings = load("x.yaml", content)
        seconds, peak = time.process_time() - begin, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert code in {finding.code for finding in findings}
    assert seconds < SECONDS
    assert peak < MIBS * 1024 * 1024


def test_a_file_with_thousands_of_mistakes_is_judged_in_bounded_time() -> None:
    """Suggestions are costly; a file gets only so many findings."""
    keys = b"".join(b"  sensitivitx%d: 1\n" % n for n in range(20_000))
    document, _ = load("x.yaml", b"apiVersion: mutualis/v1\nkind: Tenant\nmetadata: {name: a}\nspec:\n" + keys)
    assert document is not None
    begin = time.process_time()
    findings = validate(document)
    assert time.process_time() - begin < SECONDS
    assert len(findings) == 201
    assert findings[-1].code == "SPEC030"


def test_a_tenant_with_thousands_of_wrong_names_is_judged_in_bounded_time(tmp_path: Path) -> None:
    """The same for names that nothing bears."""
    folder = laid_out(EXAMPLES / "valid" / "minimal", tmp_path / "region")
    servers = "".join(
        f"    - {{name: s{n}, flavor: smal, image: debian-31, networks: [{{network: n{n}}}]}}\n" for n in range(1000)
    )
    networks = "".join(f"    - {{name: net{n}, cidr: 10.{n // 250}.{n % 250}.0/24}}\n" for n in range(1000))
    with (folder / "member.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  networks:\n{networks}  servers:\n{servers}")
    begin = time.process_time()
    findings = load_region(folder, rules=()).findings
    assert time.process_time() - begin < SECONDS
    assert len(findings) == 201
    assert "SPEC030" in {finding.code for finding in findings}


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A merge request cannot make the operator's machine read its own files."""
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: canary\n")
    folder = tmp_path / "region"
    folder.mkdir()
    (folder / "a.yaml").symlink_to(secret)
    (folder / "b").symlink_to(tmp_path, target_is_directory=True)
    documents, findings = read(folder)
    assert documents == []
    named = [(finding.code, Path(finding.position.file).name, finding.refuses) for finding in findings]
    assert sorted(named) == [("SPEC011", "a.yaml", True), ("SPEC011", "b", False)]


def test_a_pipe_is_refused_and_never_opened(tmp_path: Path) -> None:
    """Opening it would wait for ever."""
    os.mkfifo(tmp_path / "a.yaml")
    _, findings = read(tmp_path)
    assert [finding.code for finding in findings] == ["SPEC011"]


def test_a_dangling_link_is_refused(tmp_path: Path) -> None:
    """A file that is not there is told, not skipped."""
    (tmp_path / "a.yaml").symlink_to(tmp_path / "nowhere.yaml")
    _, findings = read(tmp_path)
    assert [finding.code for finding in findings] == ["SPEC011"]
