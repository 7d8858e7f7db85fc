"""The shape of the cloud that the present process serves: read from the directory that its environment names."""

import os
from pathlib import Path

from lab.definition import Definition, load_definition
from lab.errors import DirectoryError
from lab.layout import Layout
from lab.shape import CloudShape

DIRECTORY = "MUTUALIS_LAB_DIRECTORY"


def current_layout() -> Layout:
    return Layout(Path(os.environ[DIRECTORY]))


def current_definition() -> Definition:
    """Return the definition; raise DirectoryError if the directory holds no cloud."""
    layout = current_layout()
    definition = load_definition(layout)
    if definition is None:
        raise DirectoryError(what="holds no cloud", where=str(layout.root), what_to_do="start it with `up` at first")
    return definition


def current_shape() -> CloudShape:
    return current_definition().shape
