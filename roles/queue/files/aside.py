"""Whether a node without a mark is a member; it is stopped when it runs alone. Argument: members, with spaces between.

Only who is off can be forgotten by the others.
"""

import json
import subprocess
import sys

CTL = ["/usr/sbin/rabbitmqctl", "-q"]

asked = subprocess.run([*CTL, "cluster_status", "--formatter", "json"], check=False, capture_output=True, text=True)
running = set(json.loads(asked.stdout)["running_nodes"]) if asked.returncode == 0 else set()
if running & set(sys.argv[1].split()):
    print("member")
elif running:
    subprocess.run([*CTL, "stop_app"], check=True)
    print("stopped")
