"""Service accounts, roles, catalogue and endpoints; prints a line for each thing that it made or changed.

Reads what is wanted from standard input. One process: forty calls of a module would take more than a minute.
"""

import json
import sys

import openstack

wanted = json.load(sys.stdin)


def connect(name, password, project):
    return openstack.connect(
        auth_url=wanted["url"],
        username=name,
        password=password,
        project_name=project,
        user_domain_name="Default",
        project_domain_name="Default",
        region_name=wanted["region"],
        cacert="/etc/ssl/certs/ca-certificates.crt",
    )


identity = connect("admin", wanted["password"], "admin").identity


def ensure(kind, name, **options):
    found = getattr(identity, f"find_{kind}")(name)
    if found is None:
        found = getattr(identity, f"create_{kind}")(name=name, **options)
        print(kind, name)
    return found


def may_log_in(name, password, project):
    try:
        connect(name, password, project).authorize()
    except Exception:  # whatever the reason: the password is written again
        return False
    return True


def account(name, password, project, roles):
    user = ensure("user", name, domain_id="default", password=password, default_project_id=project.id)
    for role in roles:
        granted = ensure("role", role)
        if not identity.validate_user_has_project_role(project, user, granted):
            identity.assign_project_role_to_user(project, user, granted)
            print("role", role, "of", name)
    if not may_log_in(name, password, project.name):
        identity.update_user(user, password=password)
        print("password of", name)


def endpoints(services):
    known = {(one.service_id, one.interface): one for one in identity.endpoints()}
    for name, told in services.items():
        service = ensure("service", name, type=told["type"])
        url = f"https://{wanted['name']}:{told['port']}{told['path']}"
        for interface in ("public", "internal", "admin"):
            found = known.get((service.id, interface))
            if found is None:
                identity.create_endpoint(
                    service_id=service.id, interface=interface, url=url, region_id=wanted["region"]
                )
                print("endpoint", name, interface)
            elif found.url != url:
                identity.update_endpoint(found, url=url)
                print("endpoint", name, interface)


project = ensure("project", "service", domain_id="default")
for role in ("admin", "service", "member", "reader"):
    ensure("role", role)
for name, password in wanted["accounts"].items():
    account(name, password, project, ("admin", "service"))
for person in wanted["people"]:
    account(person["name"], person["password"], ensure("project", "admin"), person["roles"])
endpoints(wanted["services"])
