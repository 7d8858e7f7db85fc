"""What the configuration files of Cinder, block storage, say on loopback."""

from lab.configuration.ini import Facts, Sections, merged
from lab.control_plane import CINDER, GLANCE


def cinder(facts: Facts) -> Sections:
    backends = [backend.name for backend in facts.definition.shape.volume_backends]
    return merged(
        facts.process(),
        {
            "DEFAULT": {
                "auth_strategy": "keystone",
                "host": "lab",
                "glance_api_servers": facts.url(GLANCE),
                "enabled_backends": ",".join(backends),
                "api_paste_config": facts.paste_file(CINDER),
                "scheduler_driver_init_wait_time": 1,  # else the first answer waits a minute for the back ends' reports
                "report_interval": 30,
                "service_down_time": 180,
            },
            "database": {"connection": facts.database("cinder")},
            "coordination": {"backend_url": f"file://{facts.layout.state}/coordination"},
            "nova": facts.account("nova"),
        },
        facts.token_checks(CINDER),
        {
            name: {"volume_driver": "mutualis_lab.cinder_driver.SizedDriver", "volume_backend_name": name}
            for name in backends
        },
    )
