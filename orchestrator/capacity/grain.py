"""The rest of a share that no server names, cut into parts: how coarse, and how even.

The grain is the catalogue's median flavor by memory, the smaller one of two. A share in larger parts would be refused
too often, one in single vcpus would promise that which no server can use.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from orchestrator.model.catalogue import Catalogue

SMALLEST = (1, 1024)
"""Vcpus and MiB, where the catalogue has no flavors."""


def grain(catalogue: Catalogue) -> tuple[int, int]:
    """Vcpus and MiB of the median flavor."""
    sizes = sorted((flavor.memory_mib, flavor.vcpus) for flavor in catalogue.flavors.values())
    if not sizes:
        return SMALLEST
    memory, vcpus = sizes[(len(sizes) - 1) // 2]
    return vcpus, memory


def parts(catalogue: Catalogue, vcpus: int, memory_mib: int) -> Iterator[tuple[int, int, int]]:
    """(count, vcpus, MiB): as few parts as none is larger than the grain; as equal as whole numbers can be.

    Together they are what was given.
    """
    most_vcpus, most_memory = grain(catalogue)
    number = max(-(-vcpus // most_vcpus), -(-memory_mib // most_memory))
    if not number:
        return
    more_vcpus, more_memory = vcpus % number, memory_mib % number
    for first, end in pairwise(sorted({0, more_vcpus, more_memory, number})):
        part = (vcpus // number + (first < more_vcpus), memory_mib // number + (first < more_memory))
        if any(part):
            yield end - first, *part
