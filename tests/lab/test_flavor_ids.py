"""SQLite below Nova: a flavor's row id is given once."""

import subprocess
from pathlib import Path

import pytest

import lab

pytestmark = pytest.mark.cloud

PLUGINS = Path(lab.__file__).parent / "plugins"
TWO_FLAVORS = """
import sys
import sqlalchemy as sa

engine = sa.create_engine(sys.argv[1])
flavors = sa.Table("flavors", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text))
with engine.begin() as connection:
    flavors.create(connection)
    first = connection.execute(flavors.insert().values(name="small")).inserted_primary_key.id
    connection.execute(flavors.delete())
    second = connection.execute(flavors.insert().values(name="small")).inserted_primary_key.id
print(first, second)
"""


def test_a_deleted_flavor_s_row_id_is_not_given_again(openstack_python: Path, tmp_path: Path) -> None:
    """Nova would take the new flavor for the old one, and refuse to resize servers to it."""
    run = subprocess.run(
        [openstack_python, "-P", "-c", TWO_FLAVORS, f"sqlite:///{tmp_path}/flavors?plugin=mutualis"],
        env={"PYTHONPATH": str(PLUGINS)},
        capture_output=True,
        text=True,
        check=True,
    )
    first, second = run.stdout.split()
    assert first != second
