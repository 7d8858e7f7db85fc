"""Findings as JUnit's XML, which every forge shows as tests of a merge request: what refuses is a test that failed."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from orchestrator.model.finding import Finding
from orchestrator.model.review import Review
from orchestrator.reporting.findings import printable


def review_to_junit(review: Review) -> str:
    """One suite: a case for each finding of the head, one for each entry that was not read, one for the region itself.

    Warnings and notes pass and say what they say; what is waived is skipped.
    """
    suite = Element("testsuite", name=f"mutualis review {review.region or review.folder}")
    region = SubElement(suite, "testcase", name="region", classname=review.folder or ".")
    if review.unread:
        _failed(region, review.unread, "unread")
    for one in review.refused:
        case = SubElement(suite, "testcase", name=f"not read: {one.path}", classname=one.path, file=one.path)
        _failed(case, f"{one.why.value} {one.detail}".strip(), "refused")
    for finding in review.findings:
        _finding(suite, finding)
    cases = list(suite)
    suite.attrib |= {
        "tests": str(len(cases)),
        "failures": str(sum(case.find("failure") is not None for case in cases)),
        "skipped": str(sum(case.find("skipped") is not None for case in cases)),
        "errors": "0",
    }
    top = Element("testsuites")
    top.append(suite)
    indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(top, encoding="unicode") + "\n"


def _finding(suite: Element, finding: Finding) -> None:
    what = str(finding.object) if finding.object else finding.position.file
    name = printable(f"{finding.code} {what} {finding.dotted_path}".strip())
    file = printable(finding.position.file)
    case = SubElement(suite, "testcase", name=name, classname=file, file=file, line=str(finding.position.line))
    text = "\n".join(_words(finding))
    if finding.waived_until:
        SubElement(case, "skipped", message=f"waived until {finding.waived_until}")
    elif finding.refuses:
        _failed(case, text, finding.code)
    else:
        SubElement(case, "system-out").text = f"{finding.severity.value}: {text}"


def _words(finding: Finding) -> Iterator[str]:
    yield printable(f"{finding.position}: {finding.message}")
    if finding.hint:
        yield printable(finding.hint)


def _failed(case: Element, text: str, kind: str) -> None:
    failure = SubElement(case, "failure", message=text.splitlines()[0], type=kind)
    failure.text = text
