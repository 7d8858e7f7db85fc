"""The use case of a merge request: what a change would do, told from two revisions' specs. Nothing acts."""

from orchestrator.flow.review.review import Judges, review

__all__ = ["Judges", "review"]
