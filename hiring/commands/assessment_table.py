"""An assessment as lines for people: every figure with its n, and what may and may not be concluded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from hiring.assessment.estimates import Estimate, Figure, Lack, NotEnough
from hiring.assessment.items import ItemFigures, ItemFlag
from hiring.assessment.krippendorff import Metric
from hiring.assessment.mixed_model import Fit
from hiring.assessment.raters import RaterFigures, RaterFlag
from hiring.assessment.reliability import Band
from hiring.assessment.report import Assessment
from hiring.assessment.standing import Standing
from hiring.commands.printing import COLUMNS, table, wrapped
from hiring.wording import band_words, caution_sentence, flag_words, reason

NORMAL = 1.96  # Standard errors on either side of a 95 % interval.
MARKS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Notes:
    """Why cells are empty: each reason has one mark, which is explained below the table."""

    reasons: list[str] = field(default_factory=list)

    def cell(self, figure: Figure, form: str = ".2f") -> str:
        """The figure, or the mark of the reason why there is none."""
        if isinstance(figure, NotEnough):
            return self.mark(reason(figure))
        return format(figure.value, form)

    def mark(self, sentence: str) -> str:
        """The mark of a reason."""
        if sentence not in self.reasons:
            self.reasons.append(sentence)
        return f"({MARKS[self.reasons.index(sentence) % len(MARKS)]})"

    def lines(self) -> Iterator[str]:
        """The reasons with their marks."""
        for sentence in self.reasons:
            yield from wrapped(f"{self.mark(sentence)} undefined: {sentence}")


def assessment_lines(found: Assessment, top: int) -> list[str]:
    """The whole assessment, in lines of at most 80 columns."""
    sections = [
        _head(found),
        _warnings(found),
        _agreement(found),
        _variation(found.fitted),
        *(_candidates(found, part, top) for part in range(len(found.parts))),
        _explained(found),
        _interviewers(found),
        _items(found),
        _conclusions(found),
    ]
    return [line for section in sections if section for line in (*section, "")][:-1]


def _head(found: Assessment) -> list[str]:
    ratings = found.ratings
    counts = (
        _counted(len(ratings.candidates), "candidate"),
        _counted(len(ratings.interviewers), "interviewer"),
        _counted(len(ratings.items), "item"),
        _counted(len(ratings.score), "rating"),
    )
    return [", ".join(counts)] if len(ratings.score) else ["No ratings yet."]


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _warnings(found: Assessment) -> list[str]:
    sentences = [caution_sentence(caution) for caution in found.cautions if len(found.ratings.score)]
    if not sentences:
        return []
    return ["Take care", *(line for each in sentences for line in wrapped(each, "- "))]


def _agreement(found: Assessment) -> list[str]:
    figures, notes = found.reliability, Notes()
    named = [
        ("A single interviewer, ICC(A,1)", figures.single),
        (f"The mean of a panel, ICC(A,k){_with('k', figures.khat)}", figures.panel),
        (f"The ranking by raw means, ICC(Q,k){_with('q', figures.q)}", figures.ranking),
        ("A single interviewer without severity, ICC(C,1)", figures.consistency),
        *((f"Krippendorff's alpha, {metric.value}", found.alpha[metric]) for metric in Metric),
        ("Items among themselves, Cronbach's alpha", found.cronbach),
    ]
    rows = [(name, notes.cell(figure), _interval(figure), f"{figure.n:,}") for name, figure in named]
    heads = ("How far interviewers agree", "value", "95 % interval", "n")
    return [*table(heads, rows, right=(1, 2, 3), room=COLUMNS), *notes.lines()]


def _with(letter: str, figure: Figure) -> str:
    return f", {letter} = {figure.value:.2f}" if isinstance(figure, Estimate) else ""


def _interval(figure: Figure) -> str:
    if isinstance(figure, NotEnough) or figure.interval is None:
        return ""
    return f"{figure.interval.low:.2f} to {figure.interval.high:.2f}"


def _variation(model: Fit | NotEnough) -> list[str]:
    if isinstance(model, NotEnough):
        return []
    parts = {
        "candidates": model.candidate_variance,
        "severity of interviewers": model.interviewer_variance,
        "the rest: this interviewer with this candidate, and chance": model.residual_variance,
    }
    total = sum(parts.values())
    rows = [(name, f"{value:.3g}", f"{value / total:.0%}") for name, value in parts.items()]
    return table(("Where ratings differ", "variance", "share"), rows, right=(1, 2))


def _candidates(found: Assessment, part: int, top: int) -> list[str]:
    title = "Candidates" if len(found.parts) == 1 else f"Candidates of part {part + 1}"
    notes = Notes()
    rows = [_candidate(found, each, notes) for each in found.standings if each.part == part]
    heads = (title, "rank", "ratings", "raw mean", "adjusted", "±", f"in top {top}")
    return [*table(heads, rows, right=(2, 3, 4, 5, 6), room=COLUMNS), *notes.lines()]


def _explained(found: Assessment) -> list[str]:
    """What the columns of the candidates' tables mean."""
    if isinstance(found.fitted, NotEnough):
        return []
    return wrapped(
        "adjusted: without the interviewers' severity, and drawn toward the mean as far as it is uncertain; "
        "±: half of its 95 % interval; rank and chance: from draws of what is not known.",
        "  ",
    )


def _candidate(found: Assessment, each: Standing, notes: Notes) -> tuple[str, ...]:
    lack = _lack_of_ranks(found.fitted)
    return (
        found.ratings.candidates[each.candidate],
        notes.mark(reason(lack)) if each.rank_low is None else _range(each.rank_low, each.rank_high),
        f"{found.scores_of_candidates[each.candidate]:,}",
        f"{each.mean:.2f}",
        notes.mark(reason(lack)) if each.adjusted is None else f"{each.adjusted:.2f}",
        notes.mark(reason(lack)) if each.sd is None else f"{NORMAL * each.sd:.2f}",
        notes.mark(reason(lack)) if each.p_top is None else f"{each.p_top:.0%}",
    )


def _lack_of_ranks(model: Fit | NotEnough) -> NotEnough:
    """Why candidates have no ranks, where they have none."""
    if isinstance(model, NotEnough):
        return model
    flat = model.candidate_variance == 0
    return NotEnough(0, 0, Lack.NO_CANDIDATE_VARIATION if flat else Lack.AT_THE_BOUNDARY)


def _range(low: int, high: int | None) -> str:
    return f"{low}" if high in (None, low) else f"{low} to {high}"


def _interviewers(found: Assessment) -> list[str]:
    if not found.raters:
        return []
    notes, names = Notes(), found.ratings.interviewers
    rows = [_interviewer(found, each, notes) for each in found.raters]
    return [
        *table(
            ("Interviewers", "ratings", "severity", "±", "spread"), rows, right=(1, 2, 3, 4), room=COLUMNS
        ),
        *notes.lines(),
        *_flag_lines((names[each.interviewer], each.flags) for each in found.raters),
        *wrapped(
            "severity: in scale points, positive for one who rates lower than the others; ±: half of its "
            "95 % interval; spread: how far the own values lie apart, 1 is usual.",
            "  ",
        ),
    ]


def _interviewer(found: Assessment, each: RaterFigures, notes: Notes) -> tuple[str, ...]:
    error = found.severity_error(each.interviewer)
    return (
        found.ratings.interviewers[each.interviewer],
        f"{found.scores_of_interviewers[each.interviewer]:,}",
        notes.cell(each.severity, "+.2f"),
        "" if error is None else f"{NORMAL * error:.2f}",
        notes.cell(each.spread),
    )


def _flag_lines(flagged: Iterable[tuple[str, Sequence[RaterFlag | ItemFlag]]]) -> Iterator[str]:
    for name, flags in flagged:
        if flags:
            yield from wrapped(f"{name}: {', '.join(flag_words(flag) for flag in flags)}", "- ")


def _items(found: Assessment) -> list[str]:
    if not found.items:
        return []
    notes, names = Notes(), found.ratings.items
    rows = [_item(found, each, notes) for each in found.items]
    heads = ("Items", "n", "mean", "sd", "with rest", "without", "lowest", "highest")
    return [
        *table(heads, rows, right=range(1, len(heads)), room=COLUMNS),
        *notes.lines(),
        *_flag_lines((names[each.item], each.flags) for each in found.items),
        *wrapped(
            "with rest: correlation with the sum of the other items; without: Cronbach's alpha without the "
            "item; lowest and highest: the share of scores at the ends of the scale.",
            "  ",
        ),
    ]


def _item(found: Assessment, each: ItemFigures, notes: Notes) -> tuple[str, ...]:
    return (
        found.ratings.items[each.item],
        f"{each.n:,}",
        f"{each.mean:.2f}",
        "" if each.sd is None else f"{each.sd:.2f}",
        notes.cell(each.corrected_r),
        notes.cell(each.alpha_if_deleted),
        f"{each.floor:.0%}",
        f"{each.ceiling:.0%}",
    )


def _conclusions(found: Assessment) -> list[str]:
    return [
        "What this says, and what it does not",
        *(line for each in _sentences(found) for line in wrapped(each, "- ")),
    ]


def _sentences(found: Assessment) -> Iterator[str]:
    if len(found.ratings.score) == 0:
        yield "Without ratings nothing can be concluded."
        return
    yield _grade("a single interviewer", found.band)
    yield _grade("a panel's mean", found.panel_band)
    for part in range(len(found.parts)):
        yield from _sentence_on_ranks(found, part)
    yield (
        "A higher value alone does not make a better candidate: where two ranges of ranks overlap, "
        "these ratings may not tell the two apart."
    )
    yield "Severity, spread and notes on interviewers are reasons for a conversation, not grades of people."
    yield "All of this is about agreement. Whether the ratings foretell work on the job it does not say."


def _grade(whose: str, band: Band | NotEnough) -> str:
    if isinstance(band, NotEnough):
        return f"The reliability of {whose} gets no grade in words ({reason(band)})."
    return f"By the usual words, the reliability of {whose} is {band_words(band)}."


def _sentence_on_ranks(found: Assessment, part: int) -> Iterator[str]:
    ranked = [each for each in found.standings if each.part == part and each.rank_low is not None]
    first = sum(each.rank_low == 1 for each in ranked)
    where = "" if len(found.parts) == 1 else f" of part {part + 1}"
    if len(ranked) > 1:
        verb = "has a range of ranks that begins" if first == 1 else "have ranges of ranks that begin"
        yield f"{first:,} of {_counted(len(ranked), 'candidate')}{where} {verb} at 1."
