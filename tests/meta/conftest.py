"""The house rules: what all of them read is found by name."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
