"""Figures at a terminal: tables with bars."""
