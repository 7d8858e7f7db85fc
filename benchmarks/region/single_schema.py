"""The product's schema of tenants as one file for the peers: nothing is fetched, and no peer is slowed down.

References become local ones. Embedding the second schema under its own `$id` (JSON Schema 2020-12, section 9.3.1)
would say the same, but makes the library `jsonschema` look it up anew at every reference: six times slower.
"""

from __future__ import annotations

import json
from pathlib import Path

from measurement.product import CHECKOUT

SCHEMAS = CHECKOUT / "orchestrator" / "spec" / "schema"
ELSEWHERE, HERE = '"definitions.json#/$defs/', '"#/$defs/'


def write_single_schema(path: Path) -> None:
    texts = ((SCHEMAS / name).read_text("utf-8") for name in ("tenant.json", "definitions.json"))
    tenant, definitions = (json.loads(text.replace(ELSEWHERE, HERE)) for text in texts)
    tenant["$defs"] = {**tenant.get("$defs", {}), **definitions["$defs"]}
    path.write_text(json.dumps(tenant), encoding="utf-8")
