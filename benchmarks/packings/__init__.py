"""Small random packings, for the product's heuristic and for an exact solver: what packing.py compares."""
