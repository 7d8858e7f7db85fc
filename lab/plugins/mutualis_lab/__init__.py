"""What the embedded cloud adds to OpenStack, by the extension points that OpenStack offers: found by PYTHONPATH alone.

Runs in OpenStack's own environment; no installed file is changed.
"""
