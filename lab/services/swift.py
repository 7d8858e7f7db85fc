"""Swift, objects: its four servers in one process; runs with the optional services' packages."""

from lab.control_plane import SWIFT
from lab.services.swift_rings import write_rings
from lab.shape_file import current_definition, current_layout


def run() -> None:
    directory = current_layout().configuration_of(SWIFT).parent
    write_rings(directory)
    from swift.common.utils import monkey_patch, set_swift_dir

    monkey_patch()  # Swift waits in green threads only; its blocking calls on SQLite are short
    set_swift_dir(str(directory))
    from lab.services.swift_servers import serve_all  # only now: it imports Swift

    serve_all(directory, SWIFT.ports(current_definition().port_base))
