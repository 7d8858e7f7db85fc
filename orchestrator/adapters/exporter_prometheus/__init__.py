"""Serves a region's capacity to Prometheus: collected in the background, rendered once, served as bytes."""
