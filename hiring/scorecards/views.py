"""Pages of scorecards."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("scorecards", __name__)
