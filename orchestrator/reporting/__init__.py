"""Findings, plans, reports and capacity as text, JSON and Markdown. Pure: the same facts give the same text."""
