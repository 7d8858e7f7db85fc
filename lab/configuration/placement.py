"""What the configuration files of Placement, what hosts can hold, say on loopback."""

from lab.configuration.ini import Facts, Sections, merged
from lab.control_plane import PLACEMENT


def placement(facts: Facts) -> Sections:
    return merged(
        {"placement_database": {"connection": facts.database("placement")}},
        facts.token_checks(PLACEMENT),
    )
