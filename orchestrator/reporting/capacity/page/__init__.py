"""Figures as one self-contained page: HTML with inline SVG, no script, nothing that is fetched."""
