"""What a candidate may be handed after a decision: feedback in bands and words, without a figure."""

from __future__ import annotations

from hiring.decisions.explanation import Explanation
from hiring.export.choice import Choice
from hiring.export.printed import Prepared, prepared
from hiring.i18n import _


def feedback_paper(explanation: Explanation, choice: Choice) -> Prepared:
    """The feedback as a document; the name of its file does not tell the outcome."""
    return prepared(
        "decisions/feedback.print.html",
        title=_("Feedback for %(name)s", name=explanation.candidate),
        name=(_("feedback"), explanation.job_title, explanation.candidate),
        choice=choice,
        explanation=explanation,
        document_kind=_("Feedback on your interviews"),
        job_title=explanation.job_title,
    )
