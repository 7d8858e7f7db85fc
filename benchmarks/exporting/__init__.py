"""Exporters measured: ours and others as processes, what they say held against what is true."""
