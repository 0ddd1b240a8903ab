"""Pages of guides."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("guides", __name__)
