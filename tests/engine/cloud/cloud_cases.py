"""All cases by name."""

import cloud_cases_networking
import cloud_cases_others
from cloud_case import Case

CASES: dict[str, Case] = {
    name: value
    for module in (cloud_cases_networking, cloud_cases_others)
    for name, value in vars(module).items()
    if isinstance(value, Case)
}
