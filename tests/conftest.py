"""What all tests share: the running embedded cloud."""

import sys
from pathlib import Path

for shared in ("plugins", "fakes"):  # tests are no package; what they share is found by name
    sys.path.append(str(Path(__file__).parent / shared))

pytest_plugins = ("cloud_fixture", "demo_region", "recording_monitor")
