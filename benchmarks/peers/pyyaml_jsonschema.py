"""The short script that many write: PyYAML and jsonschema over all files. `SCHEMA FILE...`; exit 1 on any error."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator


class Loader(yaml.CSafeLoader):
    """Dates stay text, as in JSON."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
validator = Draft202012Validator(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
found = 0
for name in sys.argv[2:]:
    with Path(name).open(encoding="utf-8") as stream:
        document = yaml.load(stream, Loader)  # noqa: S506, TID251 a safe loader; this is a peer, not the product
    for error in validator.iter_errors(document):
        print(f"{name}: {error.json_path}: {error.message}")
        found += 1
sys.exit(found > 0)
