"""What the tests of monitoring/ share is found by name; so are the boards, which are not installed."""

import sys
from pathlib import Path

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[2])]
