"""Glance, images: brings its tables up to date, then serves; runs in OpenStack's own environment."""

import os

from lab.control_plane import GLANCE
from lab.services.reading_policy import write_policy
from lab.services.tables import Step, make_tables
from lab.services.web import serve
from lab.shape_file import current_layout


def run() -> None:
    configuration = current_layout().configuration_of(GLANCE)
    os.environ["OS_GLANCE_CONFIG_DIR"] = str(configuration.parent)
    from glance.cmd import manage

    make_tables(GLANCE, (Step(main=manage.main, arguments=("--config-file", str(configuration), "db_sync")),))
    from glance import policies

    write_policy(GLANCE, policies.list_rules())
    from glance.wsgi import api

    serve(GLANCE, api.application)
