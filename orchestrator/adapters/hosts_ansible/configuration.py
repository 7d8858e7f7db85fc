"""How Ansible is set for a run: by a file of ours alone, so that the same specs mean the same on every machine."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Final

FORKS: Final = 50
"""Hosts in work at once, at most: each takes a process of its own, of some 30 MB."""

CONNECT_SECONDS: Final = 30
"""Before a host counts as unreachable: a machine that is loaded answers late, one that is off never."""

_SSH: Final = (
    # one connection a host for all tasks; `run.close_connections` ends it
    *("ControlMaster=auto", "ControlPersist=120s"),
    # a host that goes away in the middle of a task is noticed within a minute
    *("ServerAliveInterval=15", "ServerAliveCountMax=4"),
    # a key that is not known is a refusal, whatever the user's own configuration says; nobody is there to be asked
    *("StrictHostKeyChecking=yes", "BatchMode=yes"),
)


def configuration(folder: Path, roles: Path, ssh_config: Path | None) -> str:
    """`folder`: of the run, in which all of Ansible's own files stay: templates it renders hold secrets.

    - no_target_syslog: modules would write their parameters into the host's journal, secrets too where a role forgot
      to hide them; - display_*: what is not displayed is not read back; changes and failures are events all the same;
    - pipelining: a module goes to the host's Python through the connection, without a file and without two
      connections more a task; - no compression: hosts stand in the same building; - facts only where a play asks.
    """
    ssh = " ".join(f"-o {option}" for option in _SSH)
    own = f"ssh_common_args = -F {shlex.quote(str(ssh_config))}\n" if ssh_config else ""
    return f"""\
[defaults]
home = {folder / "home"}
local_tmp = {folder / "tmp"}
roles_path = {roles}
interpreter_python = /usr/bin/python3
gathering = explicit
host_key_checking = True
timeout = {CONNECT_SECONDS}
nocolor = True
nocows = True
display_ok_hosts = False
display_skipped_hosts = False
no_target_syslog = True

[inventory]
enable_plugins = yaml
any_unparsed_is_failed = True

[ssh_connection]
pipelining = True
ssh_args = {ssh}
control_path_dir = {folder / "ssh"}
{own}"""
