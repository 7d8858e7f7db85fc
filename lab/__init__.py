"""The embedded cloud: a real OpenStack control plane on loopback, without root, database server or message queue.

It stands alone: it knows nothing of specs, plans or stacks. This package must stay light to import, because the
services' own Python imports it too (see ``lab.services.entry``).
"""
