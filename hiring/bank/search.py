"""Full-text search over the bank: one function for SQLite's FTS5 and PostgreSQL's text search.

What is searched for is cut into words first, and only letters and digits are left of it, so that nothing
typed is ever read as a query of the database. ``hiring.bank.indexing`` keeps what is searched up to date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, FromClause, cast, column, func, select, table, true
from sqlalchemy.dialects.postgresql import TSQUERY

from hiring.bank.analyser import Wanted, loosened, marked, wanted
from hiring.extensions import db
from hiring.models import BankPassage, Found, PassageStatus
from hiring.models.passages import FULL_TEXT
from question_bank import QuestionKind

LIMIT = 50
OFFERED = tuple(status for status in PassageStatus if status is not PassageStatus.RETIRED)
BY_LENGTH = 1  # PostgreSQL then ranks a word in a short passage above the same word in a long one.


@dataclass(frozen=True)
class Hit:
    """A passage that was found; ``place`` is its anchor on the page it stands on.

    ``pieces`` are its text with what was searched for told apart; ``uses`` counts the published guide
    versions that hold the question; ``entry_id`` names the own entry it belongs to, if it is not ours.
    """

    ident: str
    found: Found
    kind: QuestionKind | None
    level: int | None
    language: str
    status: PassageStatus
    uses: int
    entry_id: int | None
    skill_id: str | None
    skill_name: str
    place: str
    text: str
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Facets:
    """How many passages each choice would give; what is chosen in the same facet is left aside."""

    skill_ids: dict[str, int]
    founds: dict[Found, int]
    kinds: dict[QuestionKind, int]
    levels: dict[int, int]
    languages: dict[str, int]
    statuses: dict[PassageStatus, int]
    used: dict[bool, int]


@dataclass(frozen=True)
class Results:
    """What was found: the best hits, how many there are in all, and how they fall into facets.

    ``with_any`` says that no passage holds all the words, and that these hold at least one.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Facets
    with_any: bool = False


@dataclass(frozen=True)
class Search:
    """How the words are looked for in this database: where, by which condition, and how well a row suits."""

    source: FromClause
    matches: ColumnElement[bool]
    distance: ColumnElement[float]


HIT = (
    BankPassage.ident,
    BankPassage.found,
    BankPassage.kind,
    BankPassage.level,
    BankPassage.language,
    BankPassage.status,
    BankPassage.uses,
    BankPassage.entry_id,
    BankPassage.skill_id,
    BankPassage.skill_name,
    BankPassage.place,
    BankPassage.text,
)
FACETS: dict[str, ColumnElement[Any]] = {
    "skill_ids": BankPassage.skill_id.expression,
    "founds": BankPassage.found.expression,
    "kinds": BankPassage.kind.expression,
    "levels": BankPassage.level.expression,
    "languages": BankPassage.language.expression,
    "statuses": BankPassage.status.expression,
    "used": BankPassage.uses > 0,
}
# The columns of an index in its order, so that all can be counted without a sort.
COUNTED = (*list(FACETS.values())[:-1], BankPassage.uses)
PASSAGE = BankPassage.__table__
FTS5 = table(FULL_TEXT, column("rowid"), column("rank"), column(FULL_TEXT))

Chosen = dict[str, frozenset[Any]]
Groups = Sequence[tuple[dict[str, Any], int]]


def find(
    words: str,
    *,
    languages: Collection[str] = (),
    skill_ids: Collection[str] = (),
    founds: Collection[Found] = (),
    kinds: Collection[QuestionKind] = (),
    levels: Collection[int] = (),
    statuses: Collection[PassageStatus] = (),
    used: bool | None = None,
    limit: int = LIMIT,
    offset: int = 0,
    among: Collection[PassageStatus] = tuple(PassageStatus),
) -> Results:
    """The passages that hold every word, the best first; without words, all that the facets leave.

    If none does, whatever the facets, those that hold at least one word are found. The last word may be
    unfinished, and Chinese characters that stand together are found together. Nothing chosen in a facet is
    no limit, except that retired words must be asked for. What is not ``among`` the statuses is neither
    found nor counted.
    """
    things = wanted(words)
    if words.strip() and not things:
        return Results((), 0, _facets([], {}))
    choices = (skill_ids, founds, kinds, levels, languages, statuses or OFFERED)
    chosen: Chosen = dict(zip(FACETS, map(frozenset, choices), strict=False))
    chosen["used"] = frozenset(() if used is None else (used,))
    search = _search(things)
    groups = _groups(search, among)
    parts = loosened(things)
    with_any = len(parts) > 1 and not _left(groups, {"statuses": chosen["statuses"]})
    if with_any:
        things, search = parts, _search(parts, "or")
        groups = _groups(search, among)
    limits = [BankPassage.status.in_(among), *_limits(chosen)]
    hits = _hits(things, search, limits, limit, offset)
    total = sum(number for _, number in _left(groups, chosen))
    return Results(hits, total, _facets(groups, chosen), with_any and bool(groups))


def best_hits(
    things: tuple[Wanted, ...], chosen: Mapping[str, Collection[Any]], limit: int
) -> tuple[Hit, ...]:
    """Only the best hits for what is wanted, with nothing counted; ``chosen`` by the names of ``FACETS``."""
    return _hits(things, _search(things), _limits(chosen), limit)


def names_of(skill_ids: Collection[str]) -> dict[str, str]:
    """The names of skills as their own passages have them, also of those that are not in use."""
    query = select(BankPassage.skill_id, func.max(BankPassage.skill_name))
    rows = db.session.execute(query.where(BankPassage.skill_id.in_(skill_ids)).group_by(BankPassage.skill_id))
    return {skill_id: name for skill_id, name in rows if skill_id}


def _search(things: Sequence[Wanted], joined: Literal["and", "or"] = "and") -> Search:
    if not things:
        return Search(PASSAGE, true(), PASSAGE.c.id)  # In the order of the bank.
    if db.engine.dialect.name == "postgresql":
        query = cast({"and": " & ", "or": " | "}[joined].join(map(_for_postgresql, things)), TSQUERY)
        words = PASSAGE.c.words
        return Search(PASSAGE, words.op("@@")(query), -func.ts_rank(words, query, BY_LENGTH))
    typed = f" {joined.upper()} ".join(map(_for_sqlite, things))
    source = FTS5.join(PASSAGE, PASSAGE.c.id == FTS5.c.rowid)
    return Search(source, FTS5.c[FULL_TEXT].op("MATCH")(typed), FTS5.c.rank)


def _for_sqlite(thing: Wanted) -> str:
    if thing.signs:
        return f'"{" ".join(thing.signs)}"'
    ways = [f'"{stem}"' for stem in thing.stems]
    ways += [f'"{thing.start}"*'] if thing.start else []
    return f"({' OR '.join(ways)})"


def _for_postgresql(thing: Wanted) -> str:
    if thing.signs:
        signs = [f"'{sign}'" for sign in thing.signs]
        return f"({' <-> '.join(signs)})"
    ways = [f"'{stem}'" for stem in thing.stems]
    ways += [f"'{thing.start}':*"] if thing.start else []
    return f"({' | '.join(ways)})"


def _groups(search: Search, among: Collection[PassageStatus]) -> Groups:
    """All that the words find, counted by every facet at once; from it each facet's counts are added up."""
    query = (
        select(*COUNTED, func.count())
        .select_from(search.source)
        .where(search.matches, BankPassage.status.in_(among))
        .group_by(*COUNTED)
    )
    return [
        (dict(zip(FACETS, (*values, uses > 0), strict=True)), number)
        for *values, uses, number in db.session.execute(query)
    ]


def _limits(chosen: Mapping[str, Collection[Any]]) -> list[ColumnElement[bool]]:
    return [FACETS[name].in_(values) for name, values in chosen.items() if values]


def _hits(
    things: tuple[Wanted, ...],
    search: Search,
    limits: Iterable[ColumnElement[bool]],
    limit: int,
    offset: int = 0,
) -> tuple[Hit, ...]:
    # Only the few rows that are shown are read in full.
    best = (
        select(PASSAGE.c.id, search.distance.label("distance"))
        .select_from(search.source)
        .where(search.matches, *limits)
        .order_by("distance", PASSAGE.c.id)
        .limit(limit)
        .offset(offset)
        .subquery()
    )
    query = select(*HIT).join(best, BankPassage.id == best.c.id).order_by(best.c.distance, best.c.id)
    rows = db.session.execute(query)
    return tuple(Hit(**row._asdict(), pieces=marked(row.text, things, row.language)) for row in rows)


def _facets(groups: Groups, chosen: Chosen) -> Facets:
    counted = dict[str, dict[Any, int]]()
    for name in FACETS:
        counts = Counter[Any]()
        for values, number in _left(groups, chosen | {name: frozenset()}):
            counts[values[name]] += number
        counted[name] = {value: number for value, number in counts.items() if value is not None}
    return Facets(**counted)


def _left(groups: Groups, chosen: Chosen) -> Groups:
    limits = [(name, values) for name, values in chosen.items() if values]
    return [
        (values, number)
        for values, number in groups
        if all(values[name] in allowed for name, allowed in limits)
    ]
