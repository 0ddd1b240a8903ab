"""Who gets through which door: every route asked for everybody, as a table for docs/access.md."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_type_hints

from flask import Flask

from hiring.extensions import db
from hiring.models import ConflictKind, ConflictOfInterest, Person, RoleName
from tests import factories
from tests.journeys.world import World, world

STRANGER = "Nobody"
HEAD = """# Who gets through which door

Made by `tests/journeys/test_matrix.py`, which fails when a door is added, or opens or closes for somebody, until this
table is made again with `HIRING_WRITE_MATRIX=1 pytest tests/journeys/test_matrix.py` and read. The rules themselves are
in `hiring/access.py`. The same test knocks at each of these doors as each of these people.

In this world Hugo leads the job. Ivy has rated its candidate Carl; Ian sits on the same panel and has not. The things
that a door leads to are those of this job: Carl's application, Ivy's scorecard, a link that Hugo made, and so on.

| Column | Who |
|---|---|
"""
WHO = {
    STRANGER: "Without an account",
    "Leads": "Hiring manager who leads the job",
    "Manager": "Hiring manager of other jobs",
    "Rated": "Interviewer on the panel who has submitted",
    "Owes": "Interviewer on the panel who has not submitted",
    "Interviewer": "Interviewer who does not take part",
    "Recruiter": "Recruiter",
    "Conflict": "Recruiter in conflict with the candidate",
    "HR": "HR",
    "Admin": "Administrator",
    "Auditor": "Auditor",
}


@dataclass(frozen=True)
class Door:
    """A route and a method, with the rule that guards it; None for whoever may open it to anybody."""

    endpoint: str
    method: str
    address: str
    rule: Any
    things: dict[str, Any]

    def admits(self, person: Person | None) -> bool:
        """Whether the rule lets the person in."""
        if self.rule is None:
            return True
        return person is not None and bool(self.rule(person, **self.things))


def cast_of(hugo: Person, ivy: Person, ian: Person) -> tuple[World, dict[str, Person | None]]:
    """The world and everybody in it."""
    here = world(hugo, ivy, ian)
    torn = factories.person("Torn", RoleName.RECRUITER)
    factories.add(
        ConflictOfInterest(
            candidate_id=here.application.candidate_id,
            person_id=torn.id,
            kind=ConflictKind.FRIEND,
            declared_by_id=torn.id,
        )
    )
    people: dict[str, Person | None] = {
        STRANGER: None,
        "Leads": hugo,
        "Manager": factories.person("Elsewhere", RoleName.HIRING_MANAGER),
        "Rated": ivy,
        "Owes": ian,
        "Interviewer": factories.person("Apart", RoleName.INTERVIEWER),
        "Recruiter": factories.person("Recruiter", RoleName.RECRUITER),
        "Conflict": torn,
        "HR": factories.person("Human", RoleName.HR),
        "Admin": factories.person("Admin", RoleName.ADMINISTRATOR),
        "Auditor": factories.person("Auditor", RoleName.AUDITOR),
    }
    db.session.commit()
    return here, people


def doors(app: Flask, ids: dict[str, Any]) -> Iterator[Door]:
    """Every route with the things of this world; what Flask-Security and static files answer is left out."""
    build = app.url_map.bind("localhost").build
    for route in sorted(app.url_map.iter_rules(), key=lambda each: (each.endpoint, each.rule)):
        view = app.view_functions[route.endpoint]
        if not hasattr(view, "access_rule") or "filename" in route.arguments:
            continue
        for method in sorted({"GET", "POST"} & set(route.methods or ())):
            address = build(route.endpoint, {name: ids[name] for name in route.arguments}, method)
            yield Door(route.endpoint, method, address, view.access_rule, _things(view.access_rule, ids))


def as_table(found: list[Door], people: dict[str, Person | None]) -> str:
    """The whole document."""
    lines = [HEAD + "\n".join(f"| {name} | {words} |" for name, words in WHO.items()), ""]
    lines += [
        f"| Door | Rule | {' | '.join(people)} |",
        f"|---|---|{'---|' * len(people)}",
    ]
    for door in found:
        answers = ["yes" if door.admits(person) else "" for person in people.values()]
        rule = f"`{door.rule.__name__}`" if door.rule else "anybody"
        lines.append(f"| {door.method} {door.endpoint} | {rule} | {' | '.join(answers)} |")
    return "\n".join(lines) + "\n"


def _things(rule: Any, ids: dict[str, Any]) -> dict[str, Any]:
    if rule is None:
        return {}
    hints = get_type_hints(rule)
    names = list(inspect.signature(rule).parameters)[1:]
    return {name: db.session.get(hints[name], ids[f"{name}_id"]) for name in names}
