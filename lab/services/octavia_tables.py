"""Octavia's migrations do not run on SQLite: make its tables from its models, as its own tests do."""

import sys
from typing import Any

_WORDS = {  # each of these tables lists the words that a column of another one may hold
    "ProvisioningStatus": "SUPPORTED_PROVISIONING_STATUSES",
    "HealthMonitorType": "SUPPORTED_HEALTH_MONITOR_TYPES",
    "Algorithm": "SUPPORTED_LB_ALGORITHMS",
    "Protocol": "SUPPORTED_PROTOCOLS",
    "OperatingStatus": "SUPPORTED_OPERATING_STATUSES",
    "SessionPersistenceType": "SUPPORTED_SP_TYPES",
    "AmphoraRoles": "SUPPORTED_AMPHORA_ROLES",
    "LBTopology": "SUPPORTED_LB_TOPOLOGIES",
    "VRRPAuthMethod": "SUPPORTED_VRRP_AUTH",
    "L7RuleType": "SUPPORTED_L7RULE_TYPES",
    "L7RuleCompareType": "SUPPORTED_L7RULE_COMPARE_TYPES",
    "L7PolicyAction": "SUPPORTED_L7POLICY_ACTIONS",
    "ClientAuthenticationMode": "SUPPORTED_CLIENT_AUTH_MODES",
}
_DELETED = "DELETED-PLACEHOLDER"  # what deleted load balancers had


def make_from_models() -> None:
    from octavia.common import config, constants
    from octavia.db import api, base_models, models

    config.init(sys.argv[1:])
    base_models.BASE.metadata.create_all(api.get_engine())
    with api.session().begin() as session:
        for model, words in _WORDS.items():
            session.add_all([getattr(models, model)(name=name) for name in getattr(constants, words)])
        for group in _placeholders(models, constants):
            session.add_all(group)
            session.flush()


def migrate() -> None:
    """Run the migrations' command, which adds a command to Octavia's options where it is only loaded: in a fork."""
    from octavia.db.migration import cli

    cli.main()


def _placeholders(models: Any, constants: Any) -> tuple[tuple[Any, ...], ...]:
    """Return the rows that the migrations insert, those that others point to at first."""
    nil, provider = constants.NIL_UUID, constants.DELETED
    return (
        (
            models.FlavorProfile(id=nil, name=_DELETED, provider_name=provider, flavor_data="{}"),
            models.AvailabilityZoneProfile(id=nil, name=_DELETED, provider_name=provider, availability_zone_data="{}"),
        ),
        (
            models.Flavor(id=nil, flavor_profile_id=nil, name=_DELETED, enabled=False),
            models.AvailabilityZone(name=nil, availability_zone_profile_id=nil, enabled=False),
        ),
    )
