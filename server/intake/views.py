"""POST /reports: an operator sends a report, follows the work on it, and reads what validation found."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import IO, cast

from flask import Blueprint, Response, current_app, jsonify, request
from rdflib import Graph
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.utils import secure_filename

from mappings.converting.kinds import MEDIA_TYPES
from server.clients import client_of
from server.current import NoReleaseError
from server.documents import written
from server.errors import Problem, not_found, refused
from server.intake.jobs import INTAKE, Job, Jobs, TooManyJobs
from server.intake.tokens import admits
from server.negotiation import GRAPHS, NotAcceptableError, asked_form
from server.requests import release
from server.settings import Settings
from server.sparql.confinement import giving_way

blueprint = Blueprint("intake", __name__, url_prefix="/reports")

SUFFIXES = {**MEDIA_TYPES, "application/n-quads": ".nq"}
UNFINISHED = 4  # jobs: each may take RECALLING_INTAKE_MEMORY


@blueprint.before_request
def _operator() -> None:
    """Lets operators in. Raises the Problem that tells why the sender is not one."""
    settings = _settings()
    if not settings.intake_token_sha256 or settings.endpoint:
        raise refused("Reports are not taken here: publish with `recalling build`.")
    if not admits(settings.intake_token_sha256, request.authorization):
        headers = {"WWW-Authenticate": 'Bearer realm="reports"'}
        raise Problem(401, "Unauthorized", "Send the token in the header Authorization: Bearer …", headers=headers)


@blueprint.after_request
def _keep_nowhere(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("")
def receive() -> tuple[Response, int, dict[str, str]]:
    """202 with the job that works on the report in the request's body."""
    suffix = SUFFIXES.get(request.mimetype)
    if suffix is None:
        raise UnsupportedMediaType(f"Send a report as one of {', '.join(SUFFIXES)}, and say so in Content-Type.")
    jobs, client = _jobs(), client_of(request.remote_addr or "")
    request.max_content_length = _settings().report_limit
    try:
        jobs.check_room(client, UNFINISHED)  # before the body comes, which may be long
        with jobs.receiving(f"{_stem()}{suffix}", client) as (job, lock):
            with jobs.file(job).open("wb") as file:
                shutil.copyfileobj(request.stream, file)
            asked = replace(job, partial=request.args.get("partial") == "true")
            jobs.begin(asked, UNFINISHED)
            _start(asked, lock)
    except TooManyJobs as error:
        detail = f"{UNFINISHED} reports are worked on at a time, {UNFINISHED - 1} of one client; send this one later."
        raise Problem(503, "Busy", detail, {"limit": UNFINISHED}, {"Retry-After": "60"}) from error
    except OSError as error:
        detail = f"The report cannot be kept: {error.strerror or error}."
        raise Problem(507, "Insufficient storage", detail) from error
    return jsonify(_document(asked)), 202, {"Location": _address(asked), "Retry-After": "1"}


@blueprint.get("")
def reports() -> Response:
    """The jobs that are kept, the newest first."""
    return jsonify(reports=[_document(job) for job in _jobs().all()])


@blueprint.get("/<identity>")
def job(identity: str) -> Response:
    """How far a job is, and in the end what became of it."""
    found = _found(identity)
    response = jsonify(_document(found))
    if not found.state.ended:
        response.headers["Retry-After"] = "1"
    return response


@blueprint.get("/<identity>/validation")
def validation(identity: str) -> Response:
    """The SHACL validation report of the report that was sent."""
    found = _found(identity)
    if (form := asked_form(request, GRAPHS)) is None:
        raise NotAcceptableError(GRAPHS)
    path = _jobs().validation(found)
    if not path.exists():
        raise not_found("This report has not been checked, or could not be read; the job says why.")
    graph = Graph().parse(data=path.read_text(encoding="utf-8"), format="turtle")
    response = Response(written(graph, form), content_type=form.content_type)
    response.vary.add("Accept")
    return response


def _stem() -> str:
    """What the sender calls the file, without its suffix, made harmless as the name of a file here."""
    return Path(secure_filename(request.args.get("name", ""))).stem[:100] or "report"


def _start(job: Job, lock: IO[str]) -> None:
    settings = _settings()
    limits = [str(settings.intake_time), str(settings.intake_memory)]
    arguments = [str(settings.data.resolve()), job.id, _base(), str(settings.keep), *limits]
    command = [sys.executable, "-P", "-m", "server.intake.job", *arguments]
    # A group of its own, so that a restart of the web server does not end the work.
    subprocess.Popen(giving_way(command), pass_fds=[lock.fileno()], stdin=subprocess.DEVNULL, process_group=0)  # noqa: S603


def _base() -> str:
    """The base of the release that is served, of the settings where there is none yet."""
    try:
        return release().base
    except NoReleaseError:
        return _settings().base


def _found(identity: str) -> Job:
    found = _jobs().read(identity)
    if found is None:
        raise not_found(f"There is no job {identity}; the last ones are listed at {request.script_root}/{INTAKE}.")
    return found


def _document(job: Job) -> dict[str, object]:
    """A job as programs read it."""
    checked = _jobs().validation(job).exists()
    return {
        "id": job.id,
        "file": job.file,
        "state": job.state,
        "ended": job.state.ended,
        "received": job.received,
        "changed": job.changed,
        "message": job.message or None,
        "release": job.release or None,
        "reports": list(job.reports),
        "self": _address(job),
        "validation": f"{_address(job)}/validation" if checked else None,
    }


def _address(job: Job) -> str:
    return f"{request.script_root}/reports/{job.id}"


def _jobs() -> Jobs:
    return Jobs(_settings().data)


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])
