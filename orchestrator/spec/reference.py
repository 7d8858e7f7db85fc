"""The reference of the spec format as Markdown, from the schemas and the table of codes.

`python -m orchestrator.spec.reference > docs/spec/reference.md`; a test says that the page is current.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Final

from orchestrator.spec import codes, schemas, versions
from orchestrator.spec.fields import Schema, bounds_in_words, example_text

_INTRODUCTION: Final = """\
# Reference of the spec format

Generated from the schemas by `python -m orchestrator.spec.reference`; change those, not this page.

A region is a folder of YAML files, one document a file, in any layout: every `*.yaml` file below it is read. Specs are
data: tags, anchors, aliases, merge keys, tabs, invisible characters and a second document in a file are refused.
`no`, `yes`, `on`, `off`, dates and numbers with a leading zero are text; `true` and `false` are booleans.
The first line `# yaml-language-server: $schema=<path>/<kind>.json` lets editors complete;
`mutualis schema --folder <path>` writes these files. `mutualis explain tenant.spec.quota` tells of one field what
stands here, and what it is used for.
Lists of named things are in any order; `[]` in a field's path means each item.

"""
_HEAD: Final = "| Field | Form | | Meaning | Example |\n|---|---|---|---|---|\n"


def reference() -> str:
    """The whole page."""
    forms = schemas.schemas()[f"{schemas.BASE}definitions.json"]["$defs"]
    kinds = [_section(kind, schemas.schema_of(kind)) for kind in schemas.KINDS]
    return "".join([_INTRODUCTION, *kinds, _forms(forms), _codes(), _versions()])


def _section(kind: str, schema: Schema) -> str:
    return f"## {kind}\n\n{schema['description']}\n\n{_HEAD}{''.join(_rows(schema, ''))}\n"


def _forms(forms: Mapping[str, Schema]) -> str:
    text = "## Forms\n\n"
    for name, form in sorted(forms.items()):
        text += f"### {name}\n\n{form['description']}\n\n"
        rows = "".join(_rows(form, ""))
        text += f"{_HEAD}{rows}\n" if rows else f"{_form(form)}. Example: `{_example(form)}`\n\n"
    return text


def _codes() -> str:
    rows = "".join(f"| {code.code} | {code.name} | {code.summary} |\n" for code in codes.TABLE)
    return f"## Findings\n\n| Code | Name | Meaning |\n|---|---|---|\n{rows}"


def _versions() -> str:
    """What each older version called otherwise."""
    text = "\n## Older versions\n\n`mutualis upgrade FOLDER` shows the changes, `--write` makes them; comments stay.\n"
    for version, changes in versions.OLD.items():
        rows = "".join(f"| {change.kind} | `{change.shown}` | {change.meaning} |\n" for change in changes)
        text += f"\n### {version}\n\n| Kind | Was | Is |\n|---|---|---|\n{rows}"
    return text


def _rows(schema: Schema, prefix: str) -> Iterator[str]:
    for name, field in schema.get("properties", {}).items():
        path = f"{prefix}{name}"
        needed = "required" if name in schema.get("required", ()) else _default(field)
        meaning = field["description"].replace("|", "\\|")
        yield f"| `{path}` | {_form(field)} | {needed} | {meaning} | {_cell(field)} |\n"
        yield from _rows(field, f"{path}.")
        if "properties" in field.get("items", {}):
            yield from _rows(field["items"], f"{path}[].")


def _default(field: Schema) -> str:
    return f"default `{json.dumps(field['default'])}`" if "default" in field else ""


def _form(field: Schema) -> str:
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return " \\| ".join(f"`{value}`" for value in field["enum"])
    if field["type"] == "array":
        return "list" if "properties" in field["items"] else f"list of {_form(field['items'])}"
    word = {"string": "text", "object": "mapping"}.get(field["type"], str(field["type"]))
    return ", ".join([word, *bounds_in_words(field)])


def _cell(field: Schema) -> str:
    """The example; not of what is explained field by field in the rows below."""
    explained = "properties" in field or "properties" in field.get("items", {})
    return "" if explained else f"`{_example(field)}`"


def _example(field: Schema) -> str:
    return example_text(field).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(reference())
