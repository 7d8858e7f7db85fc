"""An apply that is killed at each of its calls, and what the next run makes of it: for engine_crash.py."""
