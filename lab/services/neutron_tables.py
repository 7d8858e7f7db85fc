"""Neutron's migrations do not run on SQLite: make its tables from its models, as its own tests do."""

import importlib.util
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def make_from_models() -> None:
    from neutron.common import config
    from neutron.db.migration.models import head
    from oslo_db.sqlalchemy import enginefacade

    config.register_common_config_options()
    config.init(sys.argv[1:])
    metadata, engine = head.get_metadata(), enginefacade.writer.get_engine()
    metadata.create_all(engine)
    with engine.begin() as connection:
        _insert_default_rules(connection, metadata.tables)


def _insert_default_rules(connection: Any, tables: Mapping[str, Any]) -> None:
    """Insert the rows of the one migration that has any: without them a security group lets nothing out."""
    migration = _default_rules_migration()
    for template in migration.default_template_rules:
        rule = dict(template)
        attributes = {"resource_type": migration.table_name, "description": rule.pop("description")}
        made = connection.execute(tables["standardattributes"].insert().values(attributes))
        rule["standard_attr_id"] = made.inserted_primary_key[0]
        connection.execute(tables[migration.table_name].insert().values(rule))


def _default_rules_migration() -> Any:
    import neutron.db.migration

    versions = Path(neutron.db.migration.__file__).parent / "alembic_migrations" / "versions"
    (path,) = versions.glob("*/expand/*_security_group_default_rules.py")
    spec = importlib.util.spec_from_file_location("security_group_default_rules", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
