"""What may be chosen about a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from hiring.export.choice import Choice
from hiring.export.tables import DataFormat
from hiring.exports.kinds import Kind
from hiring.forms import Form, line, paragraph
from hiring.i18n import DOCUMENT_LANGUAGES, language_name
from hiring.i18n import lazy_gettext as _
from hiring.labels import choices
from hiring.models import ExportForm, Paper

LONGEST_RECIPIENT = 120
LONGEST_NAMES = 5000
PDF = "pdf"
DAYS = (1, 7, 30)


@dataclass(frozen=True)
class Section:
    """A section of a document with its place from 1, as text; none where it is left out."""

    id: str
    name: Any
    place: str


class ExportChoiceForm(Form):
    """How a document is printed, what is in it, and what is taken out of it."""

    kind_of_file = SelectField(
        _("File"),
        choices=lambda: [
            (PDF, _("PDF, for reading and printing")),
            (DataFormat.XLSX.value, _("XLSX, a workbook")),
            (DataFormat.CSV.value, _("CSV, the first table")),
            (DataFormat.JSON_LINES.value, _("JSON Lines, for programs")),
        ],
        default=PDF,
    )
    paper = SelectField(_("Paper"), choices=lambda: choices(Paper))
    language = SelectField(
        _("Language of the document"),
        description=_("What people wrote, and the words of the guide, stay in the language they are in."),
        choices=lambda: [(code, language_name(code)) for code in DOCUMENT_LANGUAGES],
    )
    grey = BooleanField(_("Print in grey"))
    with_data = BooleanField(
        _("For an archive, with the figures inside"),
        description=_(
            "Makes a PDF/A-3 that holds its tables as CSV and JSON files, so that nothing is typed again."
        ),
    )
    without_colleagues = BooleanField(_("Take out the names of interviewers and colleagues"))
    without_candidates = BooleanField(_("Take out the names of other candidates"))
    names = paragraph(
        _("Further names to take out"),
        LONGEST_NAMES,
        hint=_("One on each line: somebody’s manager, a customer. A black bar stands where a name stood."),
    )
    recipient = line(
        _("Recipient"),
        LONGEST_RECIPIENT,
        hint=_("Printed across every page, so that a copy says whose it was. A link needs one."),
    )
    days = SelectField(
        _("A link works for"),
        coerce=int,
        default=DAYS[1],
        choices=lambda: [(days, _("%(n)s days", n=days) if days > 1 else _("1 day")) for days in DAYS],
    )

    def fit(self, kind: Kind, chosen: Mapping[str, Any] | None = None) -> None:
        """Leaves out what does not apply to this kind of document; ``chosen`` are the places of its sections."""
        self.kind = kind
        if not kind.has_data:
            del self.with_data, self.kind_of_file
        if kind.has_own_language:
            del self.language
        if not kind.takes_out:
            del self.without_colleagues, self.without_candidates, self.names
        if kind.id == "comparison":
            self.without_candidates.label.text = _("Show codes instead of the candidates’ names")
        known = {"", *map(str, range(1, len(kind.sections) + 1))}
        self.places = {name: str(place) for name, place in (chosen or {}).items() if str(place) in known}

    @property
    def sections(self) -> list[Section]:
        """The sections of the document with their places."""
        usual = {each: str(place) for place, each in enumerate(self.kind.sections, 1)}
        return [
            Section(id_, name, self.places.get(id_, usual[id_])) for id_, name in self.kind.sections.items()
        ]

    @property
    def chosen_sections(self) -> tuple[str, ...]:
        """The sections in their order; none if all were left out."""
        placed = [(int(each.place), each.id) for each in self.sections if each.place.isdigit()]
        order = list(self.kind.sections)
        return tuple(id_ for _place, id_ in sorted(placed, key=lambda pair: (pair[0], order.index(pair[1]))))

    @property
    def kept(self) -> dict[str, Any]:
        """What is remembered for the next time: everything but whom this one is for and whom it names."""
        passing = ("names", "recipient", "days")
        return {
            **{name: value for name, value in self.answers.items() if name not in passing},
            "places": self.places,
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that something is left of the document."""
        is_valid = bool(super().validate(extra_validators))
        if self.kind.sections and not self.chosen_sections:
            self.form_errors = [*self.form_errors, _("Leave at least one section in the document.")]
            return False
        return is_valid

    @property
    def written_names(self) -> tuple[str, ...]:
        """The further names to take out."""
        lines = self.names.data.splitlines() if "names" in self and self.names.data else ()
        return tuple(dict.fromkeys(name.strip() for name in lines if name.strip()))

    def is_ticked(self, name: str) -> bool:
        """Whether a box that this kind of document may not have is ticked."""
        return name in self and bool(self[name].data)

    @property
    def spoken(self) -> str | None:
        """The language of the document; None for one that has its own."""
        return self.language.data if "language" in self else None

    @property
    def data_format(self) -> DataFormat | None:
        """The format of a data file; None for a PDF."""
        asked = self.kind_of_file.data if "kind_of_file" in self else PDF
        return None if asked == PDF else DataFormat(asked)

    def choice(self, exported_by: str) -> Choice:
        """What was chosen, but for what is taken out."""
        return Choice(
            exported_by=exported_by,
            paper=Paper(self.paper.data),
            language=self.spoken,
            grey=self.grey.data,
            recipient=self.recipient.data or "",
            with_data=self.is_ticked("with_data"),
            sections=self.chosen_sections,
        )


def _without(sections: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return {id_: words for id_, words in sections.items() if id_ != name}


class PacketsForm(ExportChoiceForm):
    """The same for the packets of many candidates."""

    form = RadioField(
        _("What to make"),
        choices=lambda: choices(ExportForm),
        default=ExportForm.MERGED.value,
    )
    candidates = SelectMultipleField(
        _("Candidates"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_("Those who were rated and whose ratings you may read."),
        validate_choice=False,
    )

    def offer(self, kind: Kind, people: Mapping[int, str], places: Mapping[str, Any] | None) -> None:
        """The candidates to choose from, by application; whoever is not among them is not chosen.

        Letters are left out: who reads the ratings of many candidates need not read those.
        """
        self.fit(replace(kind, sections=_without(kind.sections, "messages")), places)
        del self.kind_of_file, self.with_data, self.days
        self.recipient.description = _("Printed across every page, so that a copy says whose it was.")
        self.candidates.choices = [(id_, name) for id_, name in people.items()]
        self.candidates.data = [id_ for id_ in self.candidates.data or [] if id_ in people]

    @property
    def run_choice(self) -> dict[str, Any]:
        """What was chosen, to be kept with the run."""
        return {
            "paper": self.paper.data,
            "language": self.language.data,
            "grey": self.grey.data,
            "recipient": self.recipient.data or "",
            "sections": list(self.chosen_sections),
            "colleagues": self.is_ticked("without_colleagues"),
            "candidates": self.is_ticked("without_candidates"),
            "names": list(self.written_names),
        }
