"""One document under judgement: how its values are read by path, and how its findings are made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from orchestrator.model.finding import Finding, Path
from orchestrator.spec import codes
from orchestrator.spec.document import Document
from orchestrator.spec.limit import MOST_FINDINGS
from orchestrator.spec.messages import did_you_mean


class Judge:
    """Collects the findings of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.name = document.name
        self.spec: Mapping[str, Any] = document.data["spec"]
        self.findings: list[Finding] = []
        self._by_name: dict[tuple[str, ...], Mapping[str, Any]] = {}

    def items(self, *path: str) -> Iterator[tuple[Path, Any]]:
        """(path from the top of the document, item) of a list below `spec`; nothing when it is not written."""
        value: Any = self.spec
        for part in path:
            value = value.get(part, {})
        for index, item in enumerate(value or ()):
            yield ("spec", *path, index), item

    def by_name(self, *path: str) -> Mapping[str, Any]:
        """A list below `spec` by name; of two with the same name the first."""
        if path not in self._by_name:
            items = reversed([item for _, item in self.items(*path)])
            self._by_name[path] = {item["name"]: item for item in items}
        return self._by_name[path]

    def report(self, name: str, path: Path, message: str, hint: str) -> None:
        """A finding at a value. `name`: in the table of codes."""
        position = self.document.position(path)
        self._add(codes.finding(name, position, message, hint=hint, path=path, object_=self.document.ref))

    def known(self, path: Path, name: str, known: Collection[str] | None, message: str) -> bool:
        """Whether something bears this name; a finding if not.

        `known`: None when it cannot be told; `message`: with `{}` in the place of the name.
        """
        if known is None or name in known:
            return True
        if len(self.findings) <= MOST_FINDINGS:  # suggestions are costly
            self.report("unknown-reference", path, message.format(f"'{name}'"), did_you_mean(name, known))
        return False

    def known_keys(self, path: Path, mapping: Mapping[str, Any], known: Collection[str] | None, message: str) -> None:
        """The same for every key of a mapping, at the key."""
        for key in mapping:
            if known is not None and key not in known:
                at = (*path, key)
                position = self.document.key_position(at)
                text, hint = message.format(f"'{key}'"), did_you_mean(key, known)
                self._add(codes.finding("unknown-reference", position, text, hint=hint, path=at))

    def unique(self, what: str, *path: str, field: str = "name") -> None:
        """Each item of a list has a name of its own."""
        seen: dict[str, Path] = {}
        for at, item in self.items(*path):
            if item[field] in seen:
                first = self.document.position(seen[item[field]])
                message = f"{what} '{item[field]}' exists twice"
                self.report("duplicate-name", (*at, field), message, f"the first one stands on line {first.line}")
            else:
                seen[item[field]] = (*at, field)

    def _add(self, finding: Finding) -> None:
        if len(self.findings) <= MOST_FINDINGS:
            self.findings.append(finding)
