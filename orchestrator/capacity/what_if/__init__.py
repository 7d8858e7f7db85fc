"""Questions to the capacity arithmetic: a region is changed in thought, and judged by the same code."""
