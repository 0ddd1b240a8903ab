"""Pages of packets."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("packets", __name__)
