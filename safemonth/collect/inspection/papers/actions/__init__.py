"""Writes of papers: drafted, issued under a number and frozen, served, and never taken back in silence."""

from safemonth.collect.inspection.papers.actions.drafts import (
    change_draft,
    correct,
    draft_paper,
    drop_draft,
    set_office,
)
from safemonth.collect.inspection.papers.actions.issuing import issue
from safemonth.collect.inspection.papers.actions.serving import attach_signed, serve, void

__all__ = [
    "attach_signed",
    "change_draft",
    "correct",
    "draft_paper",
    "drop_draft",
    "issue",
    "serve",
    "set_office",
    "void",
]
