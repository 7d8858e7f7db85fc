"""Keystone, identities: brings its tables up to date, then serves; runs in OpenStack's own environment."""

import os
import sys

from lab.control_plane import KEYSTONE
from lab.definition import ADMIN, load_passwords
from lab.services.reading_policy import write_policy
from lab.services.tables import Step, make_tables
from lab.services.web import serve
from lab.shape_file import current_definition, current_layout


def run() -> None:
    layout, definition = current_layout(), current_definition()
    configuration = str(layout.configuration_of(KEYSTONE))
    os.environ["OS_KEYSTONE_CONFIG_FILES"] = configuration
    from keystone.cmd import cli
    from keystone.common import policies
    from keystone.server.wsgi import initialize_public_application

    def manage() -> None:
        cli.main(argv=sys.argv)

    file = ("--config-file", configuration)
    url = f"{KEYSTONE.url(definition.port_base)}{KEYSTONE.path}"
    bootstrap = {  # by environment: arguments can be read by everybody
        "OS_BOOTSTRAP_PASSWORD": load_passwords(layout)[ADMIN],
        "OS_BOOTSTRAP_REGION_ID": definition.shape.region,
        "OS_BOOTSTRAP_ADMIN_URL": url,
        "OS_BOOTSTRAP_INTERNAL_URL": url,
        "OS_BOOTSTRAP_PUBLIC_URL": url,
    }
    make_tables(
        KEYSTONE,
        (
            Step(main=manage, arguments=(*file, "db_sync")),
            Step(main=manage, arguments=(*file, "bootstrap"), environment=bootstrap),
        ),
    )
    write_policy(KEYSTONE, policies.list_rules())
    serve(KEYSTONE, initialize_public_application())
