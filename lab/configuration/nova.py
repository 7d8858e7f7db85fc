"""What the configuration files of Nova, servers, say on loopback."""

from lab.configuration.ini import Facts, Sections, merged
from lab.control_plane import GLANCE, NOVA

_FILTERS = (
    "ComputeFilter",
    "ComputeCapabilitiesFilter",
    "ImagePropertiesFilter",
    "ServerGroupAntiAffinityFilter",
    "ServerGroupAffinityFilter",
    "AggregateInstanceExtraSpecsFilter",  # not among Nova's own choice: flavors that belong to an aggregate need it
)


def nova(facts: Facts) -> Sections:
    return merged(
        facts.process(),
        {
            "DEFAULT": {
                "compute_driver": "mutualis_lab.SizedDriver",
                "reserved_host_memory_mb": 0,  # the shape says what servers may have; Nova's own choice keeps 512
                "periodic_fuzzy_delay": 0,
                "sync_power_state_interval": -1,  # the fake hypervisor keeps no servers over a restart
                "report_interval": 30,
                "service_down_time": 180,
            },
            "api_database": {"connection": facts.database("nova_api")},
            "database": {"connection": facts.database("nova")},
            "filter_scheduler": {"enabled_filters": ",".join(_FILTERS)},
            "vnc": {"enabled": "false"},
            "wsgi": {"api_paste_config": facts.paste_file(NOVA)},
            "glance": {"endpoint_override": facts.url(GLANCE)},
            "neutron": facts.account("neutron"),
            "placement": facts.account("placement"),
            "cinder": facts.account("cinder"),
        },
        facts.token_checks(NOVA),
    )
