"""pulumi_openstack loaded once, before any program runs and before any thread starts.

It loads its parts at their first use, which fails when several threads use one at once; and it warns of aliases that
nobody here uses.
"""

from __future__ import annotations

import warnings
from typing import Final

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", r"openstack\.index/", DeprecationWarning)
    import pulumi_openstack as openstack

LOADED: Final = (
    openstack.blockstorage.Volume,
    openstack.compute.Instance,
    openstack.identity.Project,
    openstack.images.Image,
    openstack.networking.Network,
)
"""One class of each part that the programs use: reading it is what loads the part."""
