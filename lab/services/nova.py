"""Nova, servers: brings its tables up to date, then serves; runs in OpenStack's own environment."""

import os
import sys

from lab.control_plane import KEYSTONE, NOVA, PLACEMENT
from lab.services.dependency import wait_for_registration, wait_for_service
from lab.services.reading_policy import write_policy
from lab.services.tables import Step, make_tables
from lab.services.web import serve
from lab.shape_file import current_definition, current_layout


def run() -> None:
    configuration = str(current_layout().configuration_of(NOVA))
    _set_environment(configuration)
    from nova import monkey_patch

    monkey_patch.patch(backend="threading")  # a blocking SQLite call would stop every green thread
    make_tables(NOVA, _steps(configuration))
    from nova import policies

    write_policy(NOVA, policies.list_rules())
    from nova.api.openstack import wsgi_app

    application = wsgi_app.init_application("osapi_compute", "nova-api-os-compute")
    from lab.services.nova_workers import start_workers  # needs the configuration that was just read

    wait_for_registration()
    wait_for_service(KEYSTONE)
    wait_for_service(PLACEMENT)
    start_workers(current_definition().shape)
    serve(NOVA, application)


def _set_environment(configuration: str) -> None:
    paste_files = f"{sys.prefix}/etc/nova"
    os.environ["OS_NOVA_CONFIG_DIR"] = paste_files
    os.environ["OS_NOVA_CONFIG_FILES"] = f"{paste_files}/api-paste.ini;{configuration}"  # Nova takes the first as paste
    os.environ["OS_NOVA_DISABLE_EVENTLET_PATCHING"] = "true"


def _steps(configuration: str) -> tuple[Step, ...]:
    """Return the commands that make Nova's three databases and its cell.

    The cell's addresses are templates, filled from [database] connection at each use, so that the files can move.
    """
    from nova.cmd import manage

    file = ("--config-file", configuration)
    cell0 = ("--database_connection", "{scheme}:////{path}_cell0?{query}")
    cell1 = ("--name", "cell1", "--transport-url", "fake:/", "--database_connection", "{scheme}:////{path}?{query}")
    return (
        Step(main=manage.main, arguments=(*file, "api_db", "sync")),
        Step(main=manage.main, arguments=(*file, "cell_v2", "map_cell0", *cell0)),
        Step(main=manage.main, arguments=(*file, "db", "sync")),
        Step(main=manage.main, arguments=(*file, "cell_v2", "create_cell", *cell1)),
    )
