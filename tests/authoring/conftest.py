"""Words as somebody writes them, and entries that have come some way."""

from __future__ import annotations

from typing import Any

import pytest

from hiring.authoring import operations
from hiring.extensions import db
from hiring.models import BankEntry, Person

QUESTION = "Tell me about a queue of callers that would not get shorter."
OFF_LIMITS = "How old are you?"


def probe_words(text: str = QUESTION, **more: Any) -> dict[str, Any]:
    """The words of a probe."""
    return {
        "title": "A long queue",
        "questions": [
            {"kind": "behavioural", "text": text},
            {
                "kind": "situational",
                "text": "The queue grows while you are on the telephone. What do you do?",
            },
        ],
        "follow_ups": [
            {"star": "S", "text": "What was going on?"},
            {"star": "A", "text": "What did you do first?"},
        ],
        "listen_for": "an order of one's own",
    } | more


def skill_words(name: str = "Queue care", **more: Any) -> dict[str, Any]:
    """The words of a skill."""
    return {
        "name": name,
        "meaning": "Keeping many waiting people informed and calm.",
        "probes": [probe_words()],
        "positive_indicators": [{"text": "Names an order"}],
        "negative_indicators": [{"text": "Hangs up on somebody", "red_flag": True}],
        "anchors": [{"level": level, "text": f"An answer at {level}."} for level in (1, 3, 5)],
    } | more


def used(entry: BankEntry, reviewer: Person) -> BankEntry:
    """The entry, reviewed and put into use."""
    operations.review(entry, reviewer)
    operations.activate(entry, reviewer)
    db.session.commit()
    return entry


@pytest.fixture
def probe(rosa: Person) -> BankEntry:
    """Rosa's draft of a probe for patience."""
    return operations.add_probe("patience", probe_words(), rosa, "Queues are our daily bread.")


@pytest.fixture
def own_skill(rosa: Person) -> BankEntry:
    """Rosa's draft of a skill."""
    return operations.add_skill(skill_words(), rosa, "Queues are our daily bread.")
