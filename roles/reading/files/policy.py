"""Let one role read everything and write nothing.

OpenStack's own role `reader` does not reach: Nova refuses it the servers of other projects, Placement everything,
Cinder and Neutron leave out what belongs to others. So each rule that guards reading calls alone is widened. The rules
are asked of the packages that are installed: none is forgotten, and a new version brings its new ones.

Reads `role` and `files` (service -> path) from standard input; prints the files that it wrote, or with `check` as first
argument would write.
"""

import grp
import importlib.metadata
import json
import os
import sys
from pathlib import Path

READING = {"GET", "HEAD"}
REVEALING = ("credential", "ec2", "password", "console", "download", "diagnostics", "oauth", "token", "transfer")
CHECK = sys.argv[1:] == ["check"]
HELPING = "context_is_advsvc"
HEAD = "# Ansible managed: made from the service's own rules; what is changed here by hand is lost\n"


def methods(rule):
    for operation in getattr(rule, "operations", ()):
        found = operation["method"]
        yield from [found] if isinstance(found, str) else found


def only_reads(rule):
    """Whether it stands for calls that are written down, none of which changes anything or reveals a secret."""
    found = set(methods(rule))
    return bool(found) and found <= READING and bool(rule.check_str) and not any(w in rule.name for w in REVEALING)


def special(role):
    """What shows all projects in lists is no rule of a call."""
    return {
        # Cinder shows other projects' volumes to whom it calls an administrator; what only administrators may do is
        # then asked of the role itself
        "cinder": {
            "context_is_admin": f"role:admin or role:{role}",
            "admin_api": "role:admin",
            "admin_or_owner": "role:admin or project_id:%(project_id)s",
        },
        # Neutron has a rule of its own for that from 2025.2 on; before, it shows everything to its helping services
        "neutron": {"context_with_global_access": f"role:{role}", HELPING: f"role:advsvc or role:{role}"},
    }


def kept_closed(rules):
    """What Neutron's helping services may write: asked of their role itself, now that more than they go by the rule."""
    for rule in rules:
        former = rule.deprecated_rule.check_str if rule.deprecated_rule else ""
        if not only_reads(rule) and f"rule:{HELPING}" in f"{rule.check_str} {former}":
            yield rule.name, rule.check_str.replace(f"rule:{HELPING}", "role:advsvc")


def text(service, role):
    listed = importlib.metadata.entry_points(group="oslo.policy.policies", name=service)
    rules = [rule for one in listed for rule in one.load()()]
    if not rules and CHECK:
        return None  # its package would be installed first
    if not rules:
        sys.exit(f"{service} says none of its rules")
    found = {rule.name: f"({rule.check_str}) or role:{role}" for rule in rules if only_reads(rule)}
    found.update(kept_closed(rules))
    found.update(special(role).get(service, {}))
    return HEAD + "".join(f"{json.dumps(name)}: {json.dumps(check)}\n" for name, check in sorted(found.items()))


def current(path):
    try:
        return Path(path).read_text("utf-8")
    except FileNotFoundError:
        return None


def write(path, content, group):
    """Its service alone may read it; whole or not at all."""
    new = Path(f"{path}.new")
    new.parent.mkdir(parents=True, exist_ok=True)
    new.touch(mode=0o640)
    new.write_text(content, "utf-8")
    os.chown(new, 0, grp.getgrnam(group).gr_gid)
    new.replace(path)


wanted = json.load(sys.stdin)
for service, path in wanted["files"].items():
    content = text(service, wanted["role"])
    if content and current(path) != content:
        if not CHECK:
            write(path, content, service)
        print(path)
