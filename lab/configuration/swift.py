"""What the configuration files of Swift, objects, say on loopback: one for its ends that talk to clients, three behind.

All four run in one process and keep one copy of everything, on three devices: one of accounts, one of containers, one
of objects. The devices' names tell requests to the three servers apart, which share a port.
"""

from collections.abc import Mapping
from pathlib import Path

from lab.configuration.ini import Facts, Options, Sections
from lab.control_plane import SWIFT
from lab.definition import ADMIN, OBSERVER, READER

SERVERS = ("account", "container", "object")  # each also its device's name
_FILTERS = (
    "catch_errors",
    "gatekeeper",
    "healthcheck",
    "listing_formats",
    "bulk",
    "tempurl",
    "authtoken",
    "keystoneauth",
    "staticweb",
    "copy",
    "container_quotas",
    "account_quotas",
    "slo",
    "dlo",
    "versioned_writes",
    "symlink",
)

_OWNERS_ALONE = (
    "x-container-sync-key",
    "x-container-sync-to",
    "x-account-meta-temp-url-key",
    "x-account-meta-temp-url-key-2",
    "x-container-meta-temp-url-key",
    "x-container-meta-temp-url-key-2",
    "x-account-access-control",
)
"""Headers that only a project's own administrators are shown: Swift's list, without who may read and write a container.

Our observer looks for those; so does, of a container, whoever may read it.
"""


def swift_files(facts: Facts) -> Mapping[Path, Sections]:
    """Return all files by path; they lie together, as Swift wants it."""
    directory = facts.layout.configuration_of(SWIFT).parent
    servers = {directory / f"{name}-server.conf": _server(facts, name) for name in SERVERS}
    return {directory / "swift.conf": _cluster(), directory / "proxy-server.conf": _proxy(facts), **servers}


def _cluster() -> Sections:
    """Return what all servers must agree on; the suffix stands in no address, but it decides where objects lie."""
    return {
        "swift-hash": {"swift_hash_path_suffix": "mutualis-lab"},
        "storage-policy:0": {"name": "standard", "default": "yes"},
    }


def _process(facts: Facts) -> Options:
    return {
        "swift_dir": facts.layout.configuration_of(SWIFT).parent,
        "devices": facts.layout.swift,
        "mount_check": "false",
        "disable_fallocate": "true",
        "recon_cache_path": facts.layout.cache,
        "log_custom_handlers": "mutualis_lab.swift_log.to_our_log",
        "log_level": "WARNING",
        "conn_timeout": 10,  # on a busy machine half a second, the usual one, passes without any fault
        "node_timeout": 60,
        "error_suppression_limit": 1_000_000,  # there is no other device to turn to
    }


def _server(facts: Facts, name: str) -> Sections:
    return {
        "DEFAULT": _process(facts),
        "pipeline:main": {"pipeline": f"{name}-server"},
        f"app:{name}-server": {"use": f"egg:swift#{name}"},
        f"{name}-updater": {},
    }


def _proxy(facts: Facts) -> Sections:
    filters = {f"filter:{name}": {"use": f"egg:swift#{name}"} for name in _FILTERS}
    return {
        "DEFAULT": _process(facts),
        "pipeline:main": {"pipeline": " ".join((*_FILTERS, "proxy-server"))},
        "app:proxy-server": {
            "use": "egg:swift#proxy",
            "account_autocreate": "true",
            "allow_account_management": "true",
            "swift_owner_headers": ", ".join(_OWNERS_ALONE),
        },
        **filters,
        "filter:authtoken": {
            "paste.filter_factory": "keystonemiddleware.auth_token:filter_factory",
            "delay_auth_decision": "true",  # containers may be open to all, and addresses may carry a signature
            **facts.token_check(SWIFT),
        },
        "filter:keystoneauth": {
            "use": "egg:swift#keystoneauth",
            "operator_roles": f"{ADMIN}, member",
            "reseller_admin_role": ADMIN,
            "project_reader_roles": READER,
            "system_reader_roles": OBSERVER,
        },
        "filter:versioned_writes": {
            "use": "egg:swift#versioned_writes",
            "allow_versioned_writes": "true",
            "allow_object_versioning": "true",
        },
    }
