"""A review as a comment, as text, as data, and in the forms that forges read findings from."""

from orchestrator.reporting.review.as_json import review_to_json
from orchestrator.reporting.review.as_junit import review_to_junit
from orchestrator.reporting.review.as_markdown import review_to_markdown
from orchestrator.reporting.review.as_sarif import review_to_sarif
from orchestrator.reporting.review.as_text import review_to_text

__all__ = ["review_to_json", "review_to_junit", "review_to_markdown", "review_to_sarif", "review_to_text"]
