"""A process that writes the ledger of a region as if all of it had been applied, by the product's own functions.

    python ledger.py FOLDER STATE

Runs with the product's Python. Digests are computed from the specs as `apply` computes them; nothing is applied, so
the ids that the region exports are made up.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

from orchestrator.adapters.records.ledger_files import LedgerFiles
from orchestrator.model.known_ids import KnownIds
from orchestrator.model.plan import REGION_STEP, LedgerEntry, Versions
from orchestrator.model.specs import Specs
from orchestrator.planning.decide import Facts, decide
from orchestrator.settings import read_settings
from orchestrator.wiring.specs import accepted, validated
from orchestrator.wiring.stacks import world
from stacks import PROGRAM_VERSION, PROVIDER_VERSION

APPLIED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
RESOURCES = 30
UNKNOWN = "00000000-0000-4000-8000-000000000000"


def main() -> None:
    folder, state = Path(sys.argv[1]), Path(sys.argv[2])
    settings = read_settings({"MUTUALIS_PASSPHRASE": "unused"}, state=state, clouds=None, stacks_at_once=1)
    specs = accepted(validated(folder))
    engine = world(specs, settings, folder).engine
    versions = Versions(
        program=PROGRAM_VERSION, engine=engine.name, engine_version=engine.version, provider=PROVIDER_VERSION
    )
    ledger = LedgerFiles(settings.region_folder(specs.region.name) / "ledger")
    for entry in entries(specs, versions):
        ledger.record(entry)


def entries(specs: Specs, versions: Versions) -> Iterator[LedgerEntry]:
    """One a step, with the digest that planning compares it with."""
    exports = _exports(specs)
    facts = Facts(
        specs=specs,
        ledger={},
        stacks=frozenset(),
        ids=KnownIds.of(exports),
        versions=versions,
        today=APPLIED.date(),
    )
    for decision in decide(facts).taken:
        yield LedgerEntry(
            step=decision.step,
            digest=decision.digest,
            applied_at=APPLIED.isoformat(),
            resources=RESOURCES,
            outputs=exports if decision.step == REGION_STEP else {},
        )


def _exports(specs: Specs) -> dict[str, object]:
    return {
        "external_networks": {network.name: UNKNOWN for network in specs.region.external_networks},
        "images": dict.fromkeys(specs.catalogue.images, UNKNOWN),
        "flavors": dict.fromkeys(specs.catalogue.flavors, UNKNOWN),
        "deployer": UNKNOWN.replace("-", ""),
    }


if __name__ == "__main__":
    main()
