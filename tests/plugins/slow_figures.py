"""Every sample that the exporter should show, by the arithmetic of docs/capacity.md, from the slow second opinion.

It knows nothing of the product: neither its model nor its capacity code.
"""

from __future__ import annotations

import datetime as dt

import slow_headroom
import slow_promises
import slow_records
import slow_shares
import slow_supply
from slow_book import Book
from slow_cloud import SlowCloud
from slow_specs import SlowSpecs

CHAPTERS = (
    slow_supply.hosts,
    slow_supply.servers,
    slow_supply.storage,
    slow_supply.pools,
    slow_supply.addresses,
    slow_promises.site_promises,
    slow_promises.tenants,
    slow_promises.objects,
    slow_promises.kept,
    slow_shares.unplaced,
    slow_headroom.headroom,
    slow_records.health,
    slow_records.applied,
    slow_records.ends,
    slow_records.waivers,
)


def figures(specs: SlowSpecs, cloud: SlowCloud, today: dt.date, *, sees_hosts: bool = False) -> Book:
    book = Book(specs=specs, cloud=cloud, today=today, sees_hosts=sees_hosts)
    for chapter in CHAPTERS:
        chapter(book)
    return book
