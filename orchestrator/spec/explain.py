"""A field explained: what it means, what may be written, in which unit, what happens without it, what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from orchestrator.errors import UsageError
from orchestrator.spec import schemas
from orchestrator.spec.fields import Field, every_field, example_text, form_in_words, top
from orchestrator.spec.messages import did_you_mean
from orchestrator.spec.units import unit_of
from orchestrator.spec.uses import use_of

_WIDTH = 100


def explain_kinds() -> str:
    """Every kind with its meaning."""
    width = max(map(len, schemas.KINDS)) + 2
    lines = [f"{kind.lower():{width}}{schemas.schema_of(kind)['description']}" for kind in schemas.KINDS]
    return "\n".join(
        ["kinds of documents:", *(f"  {line}" for line in lines), "", "mutualis explain tenant.spec.quota"]
    )


def explain(path: str) -> str:
    """The page of one field. Raises UsageError for a path that leads nowhere."""
    field = _find(path)
    return "\n".join([*_head(field), *_parts(field)])


def _head(field: Field) -> Iterator[str]:
    needed = "required" if field.required else "optional"
    yield f"{field.path}: {form_in_words(field.schema)} ({needed})"
    yield from (f"  {line}" for line in wrap(field.schema["description"], _WIDTH))
    yield ""
    facts = {
        "unit": unit_of(field.path),
        "default": str(field.schema["default"]).lower() if "default" in field.schema else "",
        "example": "" if field.parts else example_text(field.schema),
        "used by": use_of(field.path),
    }
    for word, text in facts.items():
        if text:
            first, *others = wrap(text, _WIDTH - 11) if word == "used by" else [text]
            yield f"  {word:9}{first}"
            yield from (f"  {'':9}{line}" for line in others)


def _parts(field: Field) -> Iterator[str]:
    children = list(field.children)
    if not children:
        return
    width = max(len(_name(child)) for child in children) + 2
    yield f"  {'fields' if 'items' not in field.schema else 'fields of an item'} (* required)"
    for child in children:
        mark = "*" if child.required else " "
        first, *others = wrap(child.schema["description"], _WIDTH - width)
        yield f"  {mark} {_name(child):{width}}{first}"
        yield from (f"    {'':{width}}{line}" for line in others)


def _name(field: Field) -> str:
    return field.path.rsplit(".", 1)[1]


def _find(path: str) -> Field:
    """As written, or with `spec` left out; capitals of kinds and `[]` or `[0]` of lists do not matter."""
    words = [word.partition("[")[0] for word in path.strip(".").split(".")]
    kind = next((kind for kind in schemas.KINDS if kind.lower() == words[0].lower()), None)
    if kind is None:
        hint = did_you_mean(words[0], [kind.lower() for kind in schemas.KINDS])
        raise UsageError(f"no kind '{words[0]}'", hint=hint)
    field = top(kind)
    for index, word in enumerate(words[1:]):
        found = _child(field, word)
        if found is None and index == 0:
            found = _child(next(child for child in field.children if child.path.endswith(".spec")), word)
        if found is None:
            raise _nothing(kind, field, word)
        field = found
    return field


def _child(field: Field, name: str) -> Field | None:
    return next((child for child in field.children if _name(child).lower() == name.lower()), None)


def _nothing(kind: str, field: Field, word: str) -> UsageError:
    """Names near this one: its neighbours, else any field of the kind that is called so."""
    here = [_name(child) for child in field.children]
    hint = did_you_mean(word, here)
    below = [one for child in top(kind).children for one in every_field(child)]
    elsewhere = [one.path for one in below if _name(one).lower() == word.lower()]
    if elsewhere and not hint.startswith("did you"):
        hint = f"did you mean {' or '.join(elsewhere[:3])}?"
    return UsageError(f"{field.path} has no field '{word}'", hint=hint)
