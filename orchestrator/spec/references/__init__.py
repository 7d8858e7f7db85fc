"""What the documents of a region say of each other: every name is borne by something, nothing contradicts.

Judged on data whose form is already right, so that each finding has the place of the value that refers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

from orchestrator.model.finding import Finding
from orchestrator.spec.document import Document
from orchestrator.spec.limit import at_most
from orchestrator.spec.references import catalogue, host, installation, objects, region, tenant, waiver
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Names

_KINDS: Final[Mapping[str, Callable[[Judge, Names], None]]] = {
    "Region": region.judge,
    "Host": host.judge,
    "Catalogue": catalogue.judge,
    "Tenant": tenant.judge,
    "Waiver": waiver.judge,
    "Site": region.judge_site,
}


def resolve(
    folder: Path, documents: Sequence[Document], valid: Sequence[Document], rules: Collection[str]
) -> list[Finding]:
    """Findings over documents. `documents`: all that could be read; `valid`: those whose form is right.

    A name that only a document of wrong form bears is known; what such a document holds is not judged.
    """
    names = Names.of(folder, documents, valid, rules)
    findings = objects.findings(folder, documents, valid)
    for document in valid:
        judge = Judge(document)
        _KINDS[document.kind](judge, names)
        findings += at_most(document, judge.findings)
    return [*findings, *host.collisions(valid), *installation.findings(valid)]
