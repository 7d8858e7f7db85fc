"""The service half: one module a service, run by the Python of OpenStack's own environment (see ``entry``)."""
