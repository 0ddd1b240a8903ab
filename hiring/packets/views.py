"""The packet of a candidate, on the page and as a document."""

from __future__ import annotations

from flask import Blueprint, abort, g, render_template, request
from werkzeug.wrappers import Response

from hiring.access import (
    may_compare,
    may_hand_over_records,
    may_read_letters,
    may_read_ratings,
    readable_application_ids,
    requires,
)
from hiring.export.archive import streamed
from hiring.export.files import stream_response
from hiring.export.printed import document_response
from hiring.export.usual import usual_choice
from hiring.models import Application, Job
from hiring.packets import paper
from hiring.packets.document import packet_of, packets_of

blueprint = Blueprint("packets", __name__)


@blueprint.get("/applications/<int:application_id>/packet")
@requires(may_read_ratings)
def show(application: Application) -> str:
    """Everything about one candidate for one job, to be read on the screen."""
    return render_template(
        "packets/show.html",
        packet=packet_of(application),
        application=application,
        may_hand_over=may_hand_over_records(g.person, application),
    )


@blueprint.get("/applications/<int:application_id>/packet.pdf")
@requires(may_read_ratings)
def pdf(application: Application) -> Response:
    """The same as a document to keep or hand over."""
    packet = packet_of(application, with_messages=may_read_letters(g.person, application))
    return document_response(paper.packet_paper(packet, usual_choice()))


@blueprint.get("/applications/<int:application_id>/decision.pdf")
@requires(may_read_ratings)
def decision_pdf(application: Application) -> Response:
    """What was decided, with what it rested on; there is none before."""
    packet = packet_of(application, with_messages=False)
    if not packet.decisions:
        abort(404)
    return document_response(paper.decision_paper(packet, usual_choice()))


@blueprint.get("/jobs/<int:job_id>/packets.zip")
@requires(may_compare)
def archive(job: Job) -> Response:
    """The packets of the chosen candidates, or of all, in one archive; letters are left out."""
    readable = readable_application_ids(g.person, job)
    chosen = set(request.args.getlist("candidate", type=int)) or readable
    packets = packets_of(job, chosen & readable)
    entries = [paper.packet_entry(packet, usual_choice()) for packet in packets]
    return stream_response(streamed(entries), paper.packets_file(job))
