"""Cinder, block storage: brings its tables up to date, then serves; runs in OpenStack's own environment."""

import os
import sys

from lab.control_plane import CINDER
from lab.definition import ADMIN, OBSERVER
from lab.services.reading_policy import write_policy
from lab.services.tables import Step, make_tables
from lab.services.web import serve
from lab.shape_file import current_definition, current_layout

# Cinder lists other projects' volumes only to whom it calls an administrator: so the observer is called one, and what
# administrators alone may do is asked of the role itself.
_LISTING_ALL = {
    "context_is_admin": f"role:{ADMIN} or role:{OBSERVER}",
    "admin_api": f"role:{ADMIN}",
    "admin_or_owner": f"role:{ADMIN} or project_id:%(project_id)s",
}


def run() -> None:
    configuration = str(current_layout().configuration_of(CINDER))
    os.environ["OS_CINDER_DISABLE_EVENTLET_PATCHING"] = "true"
    from cinder import monkey_patch

    monkey_patch.patch(backend="threading")  # a blocking SQLite call would stop every green thread
    from cinder.cmd import manage

    make_tables(CINDER, (Step(main=manage.main, arguments=("--config-file", configuration, "db", "sync")),))
    from cinder import policies

    write_policy(CINDER, policies.list_rules(), _LISTING_ALL)
    import cinder.cmd.volume  # noqa: F401 registers options
    from cinder.wsgi import wsgi

    sys.argv = ["cinder", "--config-file", configuration]
    application = wsgi.initialize_application()
    from lab.services.cinder_workers import start_workers  # only now: it imports Cinder

    start_workers(current_definition().shape)
    serve(CINDER, application)
