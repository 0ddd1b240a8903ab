"""Pages of interviews."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("interviews", __name__)
