"""What all tests share: the running embedded cloud."""

import os
import signal
import sys
from pathlib import Path

from hypothesis import settings

os.environ.setdefault("GRPC_VERBOSITY", "ERROR")  # before a test loads gRPC; the command does the same
settings.register_profile("mutualis", deadline=None)  # a loaded machine is no mistake of the code
settings.load_profile("mutualis")

for shared in ("plugins", "fakes"):  # tests are no package; what they share is found by name
    sys.path.append(str(Path(__file__).parent / shared))

pytest_plugins = (
    "cloud_fixture",
    "command_line",
    "demo_region",
    "scenario_cloud",
    "estuaire_region",
    "recording_monitor",
    "postgres_server",
    "hosts_fixture",
    "installed_trio",
    "metal_region",
)


def pytest_configure() -> None:
    """Who ends the tests (a time limit, CI) ends them as Ctrl-C does: clouds are stopped, no process stays behind."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
