"""For every scenario a change that promises too much: what is said of it, and the machine with which it is accepted."""

from __future__ import annotations

from dataclasses import dataclass, field

from scenario_regions import Changes


@dataclass(frozen=True, kw_only=True)
class OverPromise:
    """`missing`: what the refusal says; `host`: of which one more is enough; `shelf`: what it brings besides."""

    changes: Changes
    code: str = "CAP001"
    missing: str
    host: str
    shelf: Changes = field(default_factory=dict)


def share(tenant: str, gib: int, *, quota: int = 0) -> Changes:
    """A guaranteed share of memory, and a quota that allows it."""
    values = {"guarantee.memoryGiB": gib, "quota.overrides": {"memoryGiB": quota or gib}}
    return {f"tenants/{tenant}.yaml": values}


OVER_PROMISES = {
    "aden": OverPromise(
        changes=share("clairval", 60) | share("montbel", 100),
        code="CAP004",
        missing="the loss of site clairval is not survived: guaranteed shares of site clairval find no host: "
        "10 GiB of memory missing",
        host="montbel-1",
    ),
    "catalunya": OverPromise(
        changes=share("hospital-del-mar", 100),
        code="CAP004",
        missing="40 GiB of memory missing; hospital-del-mar 10 parts of its share (4 GiB of memory each); "
        "the largest hole is 64 vcpus, 60 GiB of memory, 960 GiB of disk on public-1",
        host="salut-1",
    ),
    "cloudwatt": OverPromise(
        changes={
            "tenants/archives.yaml": {
                "guarantee.storageGiB.hdd": 12000,
                "quota.overrides": {"storageGiB": 12200, "storageGiBByTier": {"ssd": 200, "hdd": 12000}},
            }
        },
        missing="at site coffre: 2.9 TiB of storage of hdd missing (11.7 TiB promised, 8.8 TiB there",
        host="coffre-1",
        shelf={"sites/coffre.yaml": {"storage.1.capacityGiB": 18000}},
    ),
    "cote-dor": OverPromise(
        changes=share("sdis", 70), missing="at site auxois: 13 GiB of memory missing", host="auxois-1"
    ),
    "dijon-lyon": OverPromise(
        changes=share("poste-commandement", 60), missing="at site poste: 7 GiB of memory missing", host="poste-1"
    ),
    "drancy": OverPromise(
        changes=share("levallon", 100, quota=112),  # its burst on top is within the quota
        missing="at site mairie: 10 GiB of memory missing (124 GiB promised, 114 GiB there after the reserve)",
        host="mairie-3",
    ),
    "footprint": OverPromise(
        changes=share("cler", 60), missing="at site moulin: 3 GiB of memory missing", host="moulin-1"
    ),
    "governance": OverPromise(
        changes=share("valfleury", 60), missing="at site maison-commune: 5 GiB of memory missing", host="commune-1"
    ),
    "grand-lyon": OverPromise(
        changes=share("metropole", 60), missing="at site presquile: 5 GiB of memory missing", host="presquile-1"
    ),
    "moved-abroad": OverPromise(
        changes=share("fidele", 60), missing="at site maison: 3 GiB of memory missing", host="maison-1"
    ),
    "numergy": OverPromise(
        changes=share("office-tourisme", 80), missing="at site calcul: 23 GiB of memory missing", host="calcul-1"
    ),
    "off-site-backups": OverPromise(
        changes=share("clinique", 60), missing="at site siege: 5 GiB of memory missing", host="siege-1"
    ),
    "roi-alone": OverPromise(
        changes=share("chanteloup", 70),
        missing="at site salle-chanteloup: 13 GiB of memory missing",
        host="chanteloup-1",
    ),
    "roi-pooled": OverPromise(
        changes=share("chanteloup", 100), missing="at site salle-commune: 10 GiB of memory missing", host="entente-1"
    ),
    "sictiam": OverPromise(
        changes=share("pays-de-lerins", 80), missing="at site rivages: 41 GiB of memory missing", host="rivages-1"
    ),
}
