"""Placement, what hosts can hold: brings its tables up to date, then serves; runs in OpenStack's own environment."""

import os

from lab.control_plane import PLACEMENT
from lab.services.reading_policy import write_policy
from lab.services.tables import Step, make_tables
from lab.services.web import serve
from lab.shape_file import current_layout


def run() -> None:
    configuration = current_layout().configuration_of(PLACEMENT)
    os.environ["OS_PLACEMENT_CONFIG_DIR"] = str(configuration.parent)
    from placement.cmd import manage

    make_tables(PLACEMENT, (Step(main=manage.main, arguments=("--config-file", str(configuration), "db", "sync")),))
    from placement import policies

    write_policy(PLACEMENT, policies.list_rules())
    from placement.wsgi import api

    serve(PLACEMENT, api.application)
