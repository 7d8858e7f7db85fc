"""Forget members of the message queue that are wanted no more and are off. Argument: all names, with spaces between."""

import json
import subprocess
import sys

wanted = set(sys.argv[1].split())


def ask(*words):
    return subprocess.run(["/usr/sbin/rabbitmqctl", "-q", *words], check=True, capture_output=True, text=True).stdout


status = json.loads(ask("cluster_status", "--formatter", "json"))
for name in sorted(set(status["disk_nodes"]) - wanted - set(status["running_nodes"])):
    ask("forget_cluster_node", name)
    print("forgot", name)
