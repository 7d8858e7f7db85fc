"""Designate, names: brings its tables up to date, then serves; runs with the optional services' packages."""

from lab.control_plane import DESIGNATE
from lab.definition import ADMIN, OBSERVER
from lab.services.reading_policy import write_policy
from lab.services.tables import Step, make_tables
from lab.services.web import serve
from lab.shape_file import current_definition, current_layout

# Rules that name no call of the API, but are asked for while one is answered.
_READING = ("get_zones", "get_zone_servers", "get_recordsets", "find_recordset")
_COUNTING = ("count_records", "count_recordset", "count_zones", "count_zones_pending_notify")
_READER = f"role:{ADMIN} or role:{OBSERVER}"


def run() -> None:
    configuration = str(current_layout().configuration_of(DESIGNATE))
    from designate.cmd import manage  # its package chooses threads over eventlet

    file = ("--config-file", configuration)
    make_tables(DESIGNATE, (Step(main=manage.main, arguments=(*file, "database", "sync")),))
    from designate.common import policies

    more = {"all_tenants": _READER}
    rules = tuple(policies.list_rules())
    for rule in rules:
        if rule.name in (*_READING, *_COUNTING):
            more[rule.name] = f"({rule.check_str}) or {_READER}"
    write_policy(DESIGNATE, rules, more)
    from lab.services.designate_workers import start_all  # only now: it imports Designate

    _, dns_port = DESIGNATE.ports(current_definition().port_base)
    serve(DESIGNATE, start_all(configuration, dns_port))
