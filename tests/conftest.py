"""What all tests share: the running embedded cloud."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent / "plugins"))  # tests are no package; plugins are found by name

pytest_plugins = ("cloud_fixture",)
