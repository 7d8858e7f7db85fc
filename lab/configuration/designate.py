"""What the configuration file of Designate, names, says on loopback.

Its back end is the fake one. The name server that it asks whether a zone has arrived is its own, MiniDNS, which
answers from the database: so a zone becomes active for a true reason, and can be asked by any DNS client.
"""

from lab.configuration.ini import Facts, Sections, merged
from lab.control_plane import DESIGNATE, HOST

_TASKS = ("delayed_notify", "increment_serial", "worker_periodic_recovery", "zone_purge")
_SECONDS = 1  # until a changed record's zone gets its new serial number


def designate(facts: Facts) -> Sections:
    api, dns = DESIGNATE.ports(facts.definition.port_base)
    return merged(
        facts.process(),
        {
            "DEFAULT": {"host": "lab"},
            "storage:sqlalchemy": {"connection": facts.database("designate")},
            "service:api": {"auth_strategy": "keystone", "api_base_uri": f"http://{HOST}:{api}/"},
            "service:mdns": {"listen": f"{HOST}:{dns}", "threads": 8},
            "service:central": {"threads": 8},
            "service:producer": {"threads": 8, "enabled_tasks": ",".join(_TASKS)},
            "service:worker": {
                "threads": 8,
                "poll_delay": 0,
                "poll_timeout": 5,
                "poll_retry_interval": 0,
                "poll_max_retries": 5,
            },
            "producer_task:increment_serial": {"interval": _SECONDS},
            "producer_task:delayed_notify": {"interval": _SECONDS},
            "heartbeat_emitter": {"heartbeat_interval": 60},
            "oslo_messaging_notifications": {"driver": "noop"},
        },
        facts.token_checks(DESIGNATE),
    )
