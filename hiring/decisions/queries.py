"""Everything read about decisions and the messages that go with them."""

from __future__ import annotations

from dataclasses import dataclass

from hiring.candidates.queries import seats_of
from hiring.models import Application, ApplicationStatus, Outcome
from question_bank import ReasonCode, message, messages, reason_codes
