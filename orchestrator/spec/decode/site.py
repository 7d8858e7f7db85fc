"""The Site spec to the model."""

from __future__ import annotations

import datetime as dt

from orchestrator.model.certification import Certification
from orchestrator.model.sensitivity import Sensitivity
from orchestrator.model.site import Aggregate, Certificate, Energy, Rack, Site, StoragePool
from orchestrator.spec.decode.values import Raw


def site(name: str, spec: Raw) -> Site:
    """Decode a Site."""
    energy = spec["energy"]
    return Site(
        name=name,
        display_name=spec.get("displayName", name),
        country=spec["country"],
        address=spec["address"],
        certificates=tuple(_certificate(raw) for raw in spec.get("certificates", ())),
        racks=tuple(Rack(name=raw["name"], units=raw["units"], feeds=tuple(raw["feeds"])) for raw in spec["racks"]),
        storage=tuple(
            StoragePool(backend=raw["backend"], capacity_gib=raw["capacityGiB"]) for raw in spec.get("storage", ())
        ),
        energy=Energy(
            pue=float(energy["pue"]),
            carbon_g_per_kwh=float(energy["carbonGramsPerKWh"]),
            price_per_kwh=float(energy["pricePerKWh"]),
        ),
        aggregates=tuple(_aggregate(raw) for raw in spec.get("aggregates", ())),
    )


def _certificate(raw: Raw) -> Certificate:
    return Certificate(
        certification=Certification(raw["certification"]),
        expires=dt.date.fromisoformat(raw["expires"]),
        aggregates=tuple(raw.get("aggregates", ())),
        reference=raw.get("reference", ""),
    )


def _aggregate(raw: Raw) -> Aggregate:
    return Aggregate(name=raw["name"], sensitivities=tuple(Sensitivity(one) for one in raw["sensitivities"]))
