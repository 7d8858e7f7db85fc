"""Octavia, load balancers: brings its tables up to date, then serves; runs with the optional services' packages."""

from lab.control_plane import NEUTRON, OCTAVIA
from lab.services.dependency import wait_for_registration, wait_for_service
from lab.services.octavia_tables import make_from_models, migrate
from lab.services.reading_policy import write_policy
from lab.services.tables import Step, make_tables
from lab.services.web import serve
from lab.shape_file import current_layout


def run() -> None:
    configuration = str(current_layout().configuration_of(OCTAVIA))
    file = ("--config-file", configuration)
    make_tables(
        OCTAVIA,
        (
            Step(main=make_from_models, arguments=file),
            Step(main=migrate, arguments=(*file, "stamp", "head")),
        ),
    )
    from octavia.policies import list_rules

    write_policy(OCTAVIA, list_rules())
    from octavia.api import app

    application = app.setup_app(argv=["octavia", *file])
    from lab.services.octavia_worker import start_worker  # needs the configuration that was just read

    wait_for_registration()
    wait_for_service(NEUTRON)
    start_worker()
    serve(OCTAVIA, application)
