"""`python -m monitoring.boards`: write every board in every language to monitoring/dashboards."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from monitoring.boards.for_member import MEMBER
from monitoring.boards.for_operator import OPERATOR
from monitoring.boards.for_site import SITE
from monitoring.boards.grafana import as_json
from monitoring.boards.panel import LANGUAGES

BOARDS: Final = (OPERATOR, SITE, MEMBER)
FOLDER: Final = Path(__file__).parents[1] / "dashboards"


def files() -> dict[str, str]:
    """Name -> content, of every file that there should be."""
    return {f"{board.name}.{language}.json": as_json(board, language) for board in BOARDS for language in LANGUAGES}


def main() -> None:
    for name, content in files().items():
        (FOLDER / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
