"""What the configuration file of Octavia, load balancers, says on loopback.

Its own worker carries out the flows of the provider `amphora`, and its real network driver makes ports and security
groups in Neutron; but the amphorae are made of nothing: no server, no image, no agent to talk to.
"""

from lab.configuration.ini import Facts, Sections, merged
from lab.control_plane import OCTAVIA

_QUIET = "octavia.api.app=WARN,stevedore=WARN,taskflow=WARN,urllib3=WARN"  # the first prints each option at its start
_PROVIDERS = "amphora:Of the embedded cloud, octavia:The same"


def octavia(facts: Facts) -> Sections:
    account = facts.account(OCTAVIA.name)
    return merged(
        facts.process(),
        {
            "DEFAULT": {"host": "lab", "executor_thread_pool_size": 4, "default_log_levels": _QUIET},
            "api_settings": {
                "auth_strategy": "keystone",
                "api_base_uri": facts.url(OCTAVIA),
                "enabled_provider_drivers": _PROVIDERS,
                "default_provider_driver": "amphora",
            },
            "database": {"connection": facts.database("octavia")},
            "service_auth": account,
            "nova": {"enable_anti_affinity": "false"},
            "controller_worker": {
                "amphora_driver": "amphora_noop_driver",
                "compute_driver": "mutualis",
                "network_driver": "allowed_address_pairs_driver",
                "image_driver": "image_noop_driver",
                "volume_driver": "volume_noop_driver",
                "loadbalancer_topology": "SINGLE",
                "client_ca": "/dev/null",  # given to servers that are never built
                "event_notifications": "false",
            },
            "certificates": {"cert_generator": "mutualis", "cert_manager": "noop_cert_manager"},
            "task_flow": {"engine": "serial"},
            "oslo_messaging": {"topic": "octavia"},
            "oslo_messaging_notifications": {"driver": "noop"},
            "driver_agent": {
                "status_socket_path": facts.layout.run / "octavia-status.sock",
                "stats_socket_path": facts.layout.run / "octavia-stats.sock",
                "get_socket_path": facts.layout.run / "octavia-get.sock",
            },
        },
        facts.token_checks(OCTAVIA),
    )
