"""The page in French."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any, Final

from orchestrator.model.capacity import Resource, Source
from orchestrator.model.headroom import Lost
from orchestrator.model.region import FailureDomain
from orchestrator.model.tenant import TenantState
from orchestrator.reporting.capacity.page.words import Words

_NARROW: Final = re.compile(r" (?=[;?!])")
_WIDE: Final = re.compile(r" (?=:)")


def _typeset(value: Any) -> Any:
    """French puts a space before double punctuation, at which no line may break."""
    if isinstance(value, dict):
        return {key: _typeset(one) for key, one in value.items()}
    return _NARROW.sub("\u202f", _WIDE.sub("\u00a0", value)) if isinstance(value, str) else value


_WRITTEN: Final = Words(
    language="fr",
    thousands="\u202f",
    decimal=",",
    byte="o",
    percent="{}\u202f%",
    months=(
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    first="1er",
    moment="{day} {month} {when:%Y}, {when:%H:%M:%S} UTC",
    region_title="Capacité de la région {name}",
    site_title="Capacité du site {name}",
    tenant_title="Capacité : {name}",
    read_at="Chiffres du",
    supply={
        Source.SPECS: "Offre telle qu'écrite dans les spécifications.",
        Source.CLOUD: "Offre telle que vue dans le cloud.",
    },
    not_asked="Le cloud n'a pas été interrogé : voici les engagements et l'offre que disent les spécifications ; rien "
    "de ce qui est pris n'est connu.",
    resources={
        Resource.VCPUS: "vCPU",
        Resource.MEMORY: "Mémoire",
        Resource.DISK: "Disque local",
        Resource.STORAGE: "Stockage",
        Resource.SERVERS: "Serveurs",
        Resource.FLOATING_IPS: "IP flottantes",
    },
    amounts={
        Resource.VCPUS: "{} vCPU",
        Resource.MEMORY: "{} de mémoire",
        Resource.DISK: "{} de disque local",
        Resource.STORAGE: "{} de stockage",
        Resource.SERVERS: "{} serveurs",
        Resource.FLOATING_IPS: "{} IP flottantes",
    },
    layers={
        "physical": "Physique",
        "allocatable": "Allouable",
        "guaranteed": "Garanti",
        "declared": "Déclaré",
        "quota": "Quota",
        "allocated": "Alloué",
        "used": "Utilisé",
    },
    meanings={
        "physical": "ce qu'ont toutes les machines, celles en maintenance comprises",
        "allocatable": "ce qui peut être attribué : moins ce que gardent les hôtes, multiplié par le rapport du "
        "virtuel au physique, moins les machines en maintenance, moins la réserve pour une perte",
        "guaranteed": "somme des parts qui doivent toujours trouver leur place",
        "declared": "somme des quotas des conventions ; elle peut dépasser ce qu'il y a, tout ne servant pas à la fois",
        "quota": "la même somme, telle que le cloud l'applique maintenant",
        "allocated": "ce que prennent les serveurs, volumes et adresses qui existent",
        "used": "ce qui est vraiment écrit sur le stockage d'un niveau, ou utilisé des adresses",
    },
    tenant_meanings={
        "guaranteed": "la part qui trouve toujours sa place",
        "declared": "le quota convenu : on ne peut créer davantage",
        "quota": "le même, tel que le cloud l'applique maintenant",
        "allocated": "ce que prennent les serveurs, volumes et adresses qui existent",
    },
    full="Rempli",
    sold="Vendu",
    full_meaning="alloué, sur ce qui est allouable",
    sold_meaning="déclaré, sur ce qui est allouable ; les niveaux d'un même stockage ensemble",
    tenant_full_meaning="alloué, sur ce qui est déclaré",
    unknown_meaning="inconnu, ou sans objet",
    free="Libre",
    limit="Limite de ce qui est allouable",
    unlimited="illimité",
    over="dépassé",
    fits="Tout ce qui est garanti trouve sa place, y compris après chaque perte à laquelle il faut survivre.",
    fits_not="Une partie de ce qui est garanti ne trouve pas sa place.",
    tenant_fits="La part garantie trouve sa place, y compris après chaque perte à laquelle elle doit survivre.",
    tenant_fits_not="La part garantie n'est pas sûre.",
    short="{site} : les parts garanties demandent {missing} de plus qu'il n'y a ({what} : {wanted} promis, {available} "
    "après la réserve). Promis à {tenants}.",
    oversold="{site} : les quotas dépassent l'offre de {missing} ({what} : {wanted} déclarés, {available} après la "
    "réserve).",
    oversold_title="Il est déclaré plus qu'il n'y a. C'est permis, tout ne servant pas à la fois, et à surveiller.",
    unplaced="{site} : {lost}, des parts garanties de {tenants} ne trouvent pas d'hôte ; il manque {missing}.{also}",
    lost={
        FailureDomain.HOST: "après la perte de l'hôte {name}",
        FailureDomain.RACK: "après la perte de la baie {name}",
        FailureDomain.FEED: "après la perte de l'alimentation {name}",
        FailureDomain.SITE: "après la perte du site {name}",
    },
    nothing_lost="même sans aucune perte",
    risk_sum="Sur son site, les parts garanties de tous les adhérents dépassent ensemble l'offre : {what}.",
    risk_place="Une partie ne trouve pas d'hôte, {lost}.",
    losses={
        FailureDomain.HOST: "après la perte d'un hôte",
        FailureDomain.RACK: "après la perte d'une baie",
        FailureDomain.FEED: "après la perte d'une alimentation",
        FailureDomain.SITE: "après la perte d'un site",
    },
    more_tenants=" et {more} autres",
    also=" Même effet pour d'autres pertes : {also}.",
    complete="Chaque partie du cloud a répondu, pour tous les projets.",
    incomplete="Ces chiffres ne sont pas complets.",
    stale="{part} : pas de réponse ; chiffres du {when}.",
    never="{part} : pas encore de réponse ; ces chiffres manquent.",
    partial="{part} : connus pour {known} des projets.",
    partial_hosts="{part} : connus pour {known} des hôtes.",
    trouble="Les spécifications sont celles d'une lecture antérieure : {trouble}.",
    parts={
        "identity": "Projets",
        "placement": "Ressources des hôtes",
        "compute": "Serveurs",
        "volume": "Volumes",
        "network": "Réseaux et adresses",
        "compute_quota": "Quotas des serveurs",
        "volume_quota": "Quotas des volumes",
        "network_quota": "Quotas des réseaux",
        "network_objects": "Objets réseau",
    },
    answered="a répondu",
    silent="pas de réponse",
    of_region="Toute la région, ou site inconnu",
    aggregate="Agrégat {name}",
    room="Place restante",
    room_for="Place pour",
    room_servers="Serveurs {flavor}",
    room_free="Libre : {what}",
    after={
        Lost.NONE: "Maintenant",
        Lost.HOST: "Plus grand hôte perdu",
        Lost.RACK: "Plus grande baie perdue",
        Lost.FEED: "Alimentation perdue",
        Lost.SITE: "Site perdu, ailleurs",
    },
    without={
        Lost.NONE: "",
        Lost.HOST: "Sans l'hôte {name}",
        Lost.RACK: "Sans la baie {name}",
        Lost.FEED: "Sans l'alimentation {name}",
        Lost.SITE: "Sans le site {name}",
    },
    stranded="{lost}, serveurs qui ne trouvent pas d'autre hôte : {servers}.",
    tenants="Adhérents",
    tenant="Adhérent",
    nobody="Projets d'aucun adhérent",
    states={
        TenantState.ACTIVE: "actif",
        TenantState.SUSPENDED: "suspendu",
        TenantState.RETIRED: "retiré",
    },
    counted="{allocated} sur {declared}",
    freshness="Fraîcheur des chiffres",
    part="Partie",
    read="Lue",
    state="État",
    known="Connu",
    resource="Ressource",
    legend="Dans chaque barre",
    how_to_read="Comment lire cette page",
    bar="{what} : {allocated} alloués, {guaranteed} garantis, {declared} déclarés, sur {of}",
    of_allocatable="Sur ce qui est allouable",
    of_declared="Sur ce qui est déclaré",
)
FRENCH: Final = replace(_WRITTEN, **{one.name: _typeset(getattr(_WRITTEN, one.name)) for one in fields(_WRITTEN)})
