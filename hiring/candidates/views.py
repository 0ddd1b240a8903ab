"""Pages of candidates."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("candidates", __name__)
