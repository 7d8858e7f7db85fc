"""Neutron, networks: brings its tables up to date, then serves; runs in OpenStack's own environment."""

import os

from lab.control_plane import NEUTRON
from lab.definition import OBSERVER
from lab.services.dependency import wait_for_registration
from lab.services.neutron_tables import make_from_models
from lab.services.reading_policy import write_policy
from lab.services.tables import Step, make_tables
from lab.services.web import serve
from lab.shape_file import current_layout


def run() -> None:
    configuration = current_layout().configuration_of(NEUTRON)
    os.environ["OS_NEUTRON_CONFIG_FILES"] = str(configuration)
    os.environ["OS_NEUTRON_CONFIG_DIR"] = str(configuration.parent)
    from neutron.db.migration import cli

    file = ("--config-file", str(configuration))
    make_tables(
        NEUTRON,
        (
            Step(main=make_from_models, arguments=file),
            Step(main=cli.main, arguments=(*file, "stamp", "heads")),
        ),
    )
    wait_for_registration()  # its plugins log in to Placement while they are loaded
    from neutron.conf import policies

    write_policy(NEUTRON, policies.list_rules(), {"context_with_global_access": f"role:{OBSERVER}"})
    from neutron.wsgi import api

    serve(NEUTRON, api.application)
