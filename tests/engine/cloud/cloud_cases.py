"""All cases by name."""

import cloud_cases_networking
import cloud_cases_others
import cloud_cases_services
from cloud_case import Case

CASES: dict[str, Case] = {
    name: value
    for module in (cloud_cases_networking, cloud_cases_others, cloud_cases_services)
    for name, value in vars(module).items()
    if isinstance(value, Case)
}
