"""The packet of a candidate, on the page and as a document."""

from __future__ import annotations

from flask import Blueprint, g, render_template
from werkzeug.wrappers import Response

from hiring.access import may_read_ratings, may_see_candidates, requires
from hiring.export.files import pdf_response
from hiring.export.paper_choice import chosen_paper
from hiring.models import Application
from hiring.packets.document import packet_of
from hiring.packets.paper import packet_file, packet_pdf

blueprint = Blueprint("packets", __name__)


@blueprint.get("/applications/<int:application_id>/packet")
@requires(may_read_ratings)
def show(application: Application) -> str:
    """Everything about one candidate for one job, to be read on the screen."""
    return render_template("packets/show.html", packet=packet_of(application), application=application)


@blueprint.get("/applications/<int:application_id>/packet.pdf")
@requires(may_read_ratings)
def pdf(application: Application) -> Response:
    """The same as a document to keep or hand over."""
    packet = packet_of(application, with_messages=may_see_candidates(g.person, application.job))
    return pdf_response(packet_pdf(packet, g.person.name, chosen_paper()), packet_file(packet))
