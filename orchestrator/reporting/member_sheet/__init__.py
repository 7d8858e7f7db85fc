"""A member's sheet: everything that was agreed, promised and asked for, on one page for people. Pure."""

from orchestrator.reporting.member_sheet.sheet import member_sheet

__all__ = ["member_sheet"]
