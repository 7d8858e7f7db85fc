"""Builds the adapters and hands rules and stack programs to the use cases: the only room that knows everything."""
