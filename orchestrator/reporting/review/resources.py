"""Part one: what is added, changed, removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from orchestrator.model.review import Change, DocumentChange, FieldChange, PartChange, Review
from orchestrator.reporting.review.fields import field_text, named_field
from orchestrator.reporting.review.section import Block, Grid, Listing, Row, Said, Section, clipped, limited

MOST_ROWS: Final = 100
MOST_LISTINGS: Final = 40
MOST_LINES: Final = 60
MARKS: Final = {Change.ADDED: "+", Change.CHANGED: "~", Change.REMOVED: "-"}


def resources(review: Review) -> Section:
    return Section(title="Resources", blocks=tuple(_blocks(review)))


def _blocks(review: Review) -> Iterator[Block]:
    if not review.documents:
        yield Said(text="nothing that a spec describes is added, changed or removed")
        return
    yield _grid(review.documents)
    yield _deletions(review)
    for document in review.documents[:MOST_LISTINGS]:
        if document.parts or document.fields:
            yield _listing(document)


def _grid(documents: Sequence[DocumentChange]) -> Grid:
    """Numbers of objects only where there are any: a phone has no room for empty columns."""
    counts: tuple[tuple[str, Callable[[DocumentChange], int]], ...] = (
        ("Creates", lambda one: one.creates),
        ("Deletes", lambda one: one.deletes),
    )
    told = [(title, count) for title, count in counts if any(map(count, documents))]
    rows, more = limited([(*_row(one), *(str(count(one) or "") for _, count in told)) for one in documents], MOST_ROWS)
    head = ("Object", "Site", "Change", "What", *(title for title, _ in told))
    return Grid(head=head, rows=rows, right=frozenset(range(4, len(head))), more=more)


def _row(document: DocumentChange) -> Row:
    what = "; ".join([*document.says, *_counts(document.parts), *_fields_counted(document.fields)])
    return str(document.ref), document.site, document.change.value, clipped(what, 400)


def _counts(parts: Sequence[PartChange]) -> Iterator[str]:
    """`2 servers added`, in the order in which they are met."""
    counted = Counter((one.kind, one.change) for one in parts)
    for (kind, change), count in counted.items():
        yield f"{count} {kind}{'s' if count > 1 else ''} {change.value}"


def _fields_counted(fields: Sequence[FieldChange]) -> Iterator[str]:
    named = ", ".join(dict.fromkeys(named_field(one.field.split(".")[0].split("[")[0]) for one in fields))
    if named:
        yield f"changes {named}"


def _deletions(review: Review) -> Said:
    """The plan counts exactly: what is replaced goes too, and what the cloud has is known to it alone."""
    over = review.deletes > review.deletion_budget
    count = review.deletes
    goes = f"at least {count} object{'s are' if count > 1 else ' is'} deleted" if count else "specs delete no object"
    text = f"{goes}; one run may delete {review.deletion_budget}"
    return Said(text=f"{text}: apply will refuse" if over else text, loud=over)


def _listing(document: DocumentChange) -> Listing:
    lines = [f"~ {field_text(one)}" for one in document.fields]
    for part in document.parts:
        lines.append(f"{MARKS[part.change]} {part.kind} {part.name}")
        if part.change is Change.CHANGED:
            lines += [f"    {field_text(one)}" for one in part.fields]
    more = len(lines) - MOST_LINES
    kept = [clipped_line(line) for line in lines[:MOST_LINES]]
    return Listing(title=str(document.ref), lines=(*kept, f"  … and {more} lines more") if more > 0 else tuple(kept))


def clipped_line(line: str) -> str:
    """Its first spaces kept."""
    text = line.lstrip(" ")
    return " " * (len(line) - len(text)) + clipped(text)
