"""What must hold between the files of a bank. What breaks a rule is recorded on the sheet where it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from question_bank.catalogue import Bank
from question_bank.model import QuestionKind, SkillKind
from question_bank.skill_rules import ALL_LEVELS, KEBAB
from question_bank.source import Place, Sheet
from question_bank.texts import Script, Template

Sheets = Mapping[str, Sheet]

IDS_OF_LISTS = {
    ("bank.yaml", "sources"): r"[0-9]{3}|M",
    ("observations.yaml", "observations"): f"obs-{KEBAB.pattern}",
    ("presets.yaml", "presets"): KEBAB.pattern,
    ("brief.yaml", "brief_fields"): r"[a-z_]+",
    ("method.yaml", "rating_rules"): r"rule-[1-9][0-9]*",
    ("method.yaml", "observation_states"): r"[a-z_]+",
    ("retired.yaml", "retired"): r"[a-z0-9-]+",
    ("messages.yaml", "messages"): f"msg-{KEBAB.pattern}",
    ("messages.yaml", "statuses"): r"[a-z_]+",
    ("messages.yaml", "reason_codes"): r"[a-z_]+",
    ("messages.yaml", "placeholders"): r"[a-z_]+",
}


def skill_file(skill_id: str) -> str:
    """Where a skill is written."""
    return f"skills/{skill_id}.yaml"


def check_bank(bank: Bank, sheets: Sheets) -> None:
    """Everything that one file says about another."""
    _check_ids_of_lists(bank, sheets)
    _check_places_of_skills(bank, sheets)
    _check_method(bank, sheets["method.yaml"])
    _check_references(bank, sheets)
    _check_observations(bank, sheets)
    _check_templates(bank, sheets)
    _check_retired(bank, sheets)


def _check_ids_of_lists(bank: Bank, sheets: Sheets) -> None:
    for (file, name), shape in IDS_OF_LISTS.items():
        sheet = sheets[file]
        seen = set[str]()
        for index, entry in enumerate(sheet.at((name,))):
            ident, where = entry["id"], (name, index, "id")
            if not re.fullmatch(shape, ident):
                sheet.refuse(where, f"An id here must match {shape}.")
            elif ident in seen:
                sheet.refuse(where, "This id is used twice.")
            seen.add(ident)


def _check_places_of_skills(bank: Bank, sheets: Sheets) -> None:
    taken: dict[tuple[SkillKind, int], str] = {}
    for skill in bank.skills:
        sheet = sheets[skill_file(skill.id)]
        other = taken.setdefault((skill.kind, skill.position), skill.id)
        if other != skill.id:
            sheet.refuse(("position",), f"Position {skill.position} is taken by {other}.")


def _check_method(bank: Bank, sheet: Sheet) -> None:
    method = bank.method
    _check_exactly(sheet, "levels", [level.level for level in method.levels], [*ALL_LEVELS, "N"])
    _check_exactly(sheet, "star", [element.id for element in method.star], ["S", "T", "A", "R"])
    kinds = {kind.id for kind in method.kinds}
    _check_exactly(sheet, "kinds", sorted(kinds), sorted([*QuestionKind, "observation"]))


def _check_exactly(sheet: Sheet, name: str, found: list[Any], needed: list[Any]) -> None:
    if found != needed:
        sheet.refuse((name,), f"This list must hold {', '.join(map(str, needed))}, once each.")


def _check_references(bank: Bank, sheets: Sheets) -> None:
    """Wherever a field names ids, in whichever file, those ids exist."""
    extensions = {skill.id for skill in bank.skills if skill.kind is SkillKind.EXTENSION}
    skills = {skill.id for skill in bank.skills}
    targets: dict[str, tuple[str, Collection[str]]] = {
        "sources": ("source", {source.id for source in bank.cover.sources}),
        "observations": ("observation", {observation.id for observation in bank.observations}),
        "caveat": ("probe with a note", {probe.id for probe in bank.probes.values() if probe.note}),
        "skills": ("skill", skills),
        "extension_skill": ("extension skill", extensions),
        "extension_skills": ("extension skill", extensions),
        "statuses": ("status", {status.id for status in bank.correspondence.statuses}),
    }
    for sheet in sheets.values():
        for place, name, ident in _references(sheet.data):
            noun, known = targets.get(name, ("", ()))
            if (sheet.file, name) == ("presets.yaml", "skills"):
                noun, known = "core skill", skills - extensions
            if noun and ident not in known:
                sheet.refuse(place, f"There is no {noun} {ident} in this bank.")


def _references(value: Any, place: Place = ()) -> Iterator[tuple[Place, str, str]]:
    """Each text in the data with its place and the name of the field it is in; lists of texts one by one."""
    if isinstance(value, dict):
        for name, content in value.items():
            yield from _references(content, (*place, name))
    elif isinstance(value, list):
        for index, content in enumerate(value):
            yield from _references(content, (*place, index))
    elif isinstance(value, str):
        yield place, next((step for step in reversed(place) if isinstance(step, str)), ""), value


def _check_observations(bank: Bank, sheets: Sheets) -> None:
    sheet = sheets["observations.yaml"]
    for index, observation in enumerate(bank.observations):
        ways = (bool(observation.skills), bool(observation.extension_skill), observation.every_skill)
        if sum(ways) != 1:
            sentence = "An observation has either skills, or an extension_skill, or every_skill: true."
            sheet.refuse(("observations", index, "skills"), sentence)
    belonging = {observation.id: observation.belongs_to for observation in bank.observations}
    for skill in bank.skills:
        for index, probe in enumerate(skill.probes):
            for nth, ident in enumerate(probe.observations):
                if ident in belonging and not belonging[ident](skill.id):
                    where = ("probes", index, "observations", nth)
                    sheets[skill_file(skill.id)].refuse(where, f"{ident} is not linked to {skill.id}.")


def _check_templates(bank: Bank, sheets: Sheets) -> None:
    letters = bank.correspondence
    everywhere = {placeholder.id for placeholder in letters.placeholders if not placeholder.scripts_only}
    in_scripts = {placeholder.id for placeholder in letters.placeholders}
    sheet = sheets["messages.yaml"]
    for index, message in enumerate(letters.messages):
        _check_placeholders(sheet, ("messages", index, "text"), message, everywhere)
    kit = bank.sharing.share_kit
    for name in ("signature", "post", "poster"):
        text = Script(text=getattr(kit, name))
        _check_placeholders(sheets["share.yaml"], ("share_kit", name), text, everywhere)
    _check_placeholders(sheets["scripts.yaml"], ("opening", "text"), bank.scripts.opening, in_scripts)
    _check_placeholders(sheets["scripts.yaml"], ("closing", "text"), bank.scripts.closing, in_scripts)


def _check_placeholders(sheet: Sheet, place: Place, template: Template, declared: Collection[str]) -> None:
    for name in template.placeholders:
        if name not in declared:
            sheet.refuse(place, f"The placeholder {{{name}}} is not declared for this text.")


def _check_retired(bank: Bank, sheets: Sheets) -> None:
    since = {retired.id: retired.since for retired in bank.retired}
    in_use = set[str]()
    for sheet in sheets.values():
        for place, name, ident in _references(sheet.data):
            if name == "id" and sheet.file != "retired.yaml":
                in_use.add(ident)
                if ident in since:
                    sheet.refuse(place, f"This id was retired in {since[ident]} and is never used again.")
    for index, retired in enumerate(bank.retired):
        if retired.replaced_by is not None and retired.replaced_by not in in_use:
            where = ("retired", index, "replaced_by")
            sheets["retired.yaml"].refuse(where, f"There is no {retired.replaced_by} in this bank.")
