from lab.configuration.ini import Facts, Sections, merged
from lab.control_plane import PLACEMENT


def placement(facts: Facts) -> Sections:
    return merged(
        {"placement_database": {"connection": facts.database("placement")}},
        facts.token_checks(PLACEMENT),
    )
