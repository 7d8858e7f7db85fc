"""What the configuration files of Glance, images, say on loopback."""

from lab.configuration.ini import Facts, Sections, merged
from lab.control_plane import GLANCE, HOST


def glance(facts: Facts) -> Sections:
    state = facts.layout.state
    return merged(
        facts.process(),
        {
            "DEFAULT": {"enabled_backends": "disk:file", "bind_host": HOST, "workers": 0},
            "database": {"connection": facts.database("glance")},
            "glance_store": {"default_backend": "disk"},
            "disk": {"filesystem_store_datadir": state / "images"},
            "os_glance_staging_store": {"filesystem_store_datadir": state / "staging"},
            "os_glance_tasks_store": {"filesystem_store_datadir": state / "tasks"},
            "paste_deploy": {"flavor": "keystone", "config_file": facts.paste_file(GLANCE)},
        },
        facts.token_checks(GLANCE),
    )
