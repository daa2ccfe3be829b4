"""Imports and counts: begun here, done by a process of their own, told on one page."""

from typing import IO, Any

from flask import Response, current_app, request
from flask.blueprints import BlueprintSetupState
from sqlalchemy.orm import Session

from prizes.prize import Prize
from server.backoffice.access import brands_to, campaign_to, current_asker, require
from server.backoffice.acts.act import tell_act
from server.backoffice.page import done, office_locale, office_page, say
from server.backoffice.rights import Right
from server.backoffice.staff.person import names_of
from server.backoffice.stock.area import AREA, bp, figure_bar, prize_to
from server.backoffice.stock.faults_in_words import fault_in_words
from server.backoffice.stock.forms import OnceForm, UploadForm
from server.backoffice.stock.job import (
    Job,
    JobGoesOn,
    JobKind,
    JobState,
    beat_of,
    begin_job,
    end_job,
    jobs_of,
    state_of,
)
from server.backoffice.stock.low_stock import Stocked
from server.backoffice.stock.prize_page import rights
from server.backoffice.stock.worker import Processes, Start
from server.campaigns.brand import Brand
from server.campaigns.campaign import Campaign
from server.clock import utc_now
from server.db import current_session, transaction, write_beside
from server.errors import Problem
from server.wire import takes_up_to

MOST_CODES_BYTES = 64 * 1024 * 1024  # a million codes of sixty characters
MOST_LIST_BYTES = 8 * 1024 * 1024
STARTER = "popshot_start_job"


@bp.record_once
def _be_ready(state: BlueprintSetupState) -> None:
    """Jobs are begun by processes of their own; a test begins them another way."""
    state.app.extensions.setdefault(STARTER, Processes().start)


@bp.get("/<prize_id>/codes")
def codes(prize_id: str) -> str:
    return _codes_page(prize_to(Right.SEE, prize_id), UploadForm())


def _codes_page(stocked: Stocked, form: UploadForm) -> str:
    if not stocked.is_voucher:
        raise Problem("not_found", "There is nothing at this address.")
    return office_page("stock/codes.html", here="stock", stocked=stocked, form=form, shares=figure_bar,
                       most_mb=MOST_CODES_BYTES >> 20, **rights(stocked), **_jobs(stocked.prize.id))


@bp.post("/<prize_id>/codes")
@takes_up_to(MOST_CODES_BYTES)
def import_codes(prize_id: str) -> Response | tuple[str, int]:
    stocked, form = prize_to(Right.STOCK, prize_id), UploadForm.of_request()
    if not stocked.is_voucher or not form.validate():
        return _codes_page(stocked, form), 422
    tell_act(brand_id=stocked.campaign.brand_id, subject=("prize", prize_id), after={"job": form.key})
    return _begin(_job(JobKind.CODES, stocked.campaign.brand_id, prize_id, form), form.file.data.stream)


@bp.get("/campaigns/<slug>")
def prize_list(slug: str) -> str:
    return _list_page(campaign_to(Right.SEE, slug), UploadForm())


def _list_page(campaign: Campaign, form: UploadForm) -> str:
    asker = current_asker()
    return office_page("stock/list.html", here="stock", campaign=campaign, form=form, most_mb=MOST_LIST_BYTES >> 20,
                       may_stock=asker.may(Right.STOCK, campaign.brand_id),
                       may_export=asker.may(Right.EXPORT, campaign.brand_id), **_jobs(campaign.id))


@bp.post("/campaigns/<slug>/import")
@takes_up_to(MOST_LIST_BYTES)
def import_prizes(slug: str) -> Response | tuple[str, int]:
    campaign, form = campaign_to(Right.STOCK, slug), UploadForm.of_request()
    if not form.validate():
        return _list_page(campaign, form), 422
    tell_act(brand_id=campaign.brand_id, subject=("campaign", campaign.id), after={"job": form.key})
    return _begin(_job(JobKind.PRIZES, campaign.brand_id, campaign.id, form), form.file.data.stream)


@bp.post("/check")
def check_counts() -> Response:
    """Compare every count of a brand: it changes nothing, so whoever sees the stock may ask for it."""
    form = OnceForm.of_request()
    brand_id = request.form.get("brand_id") or next(iter(brands_to(Right.SEE)))
    require(Right.SEE, brand_id)
    tell_act(brand_id=brand_id, subject=("brand", brand_id), after={"job": form.key})
    return _begin(_job(JobKind.COUNTS, brand_id, brand_id, form), None)


def _job(kind: JobKind, brand_id: str | None, subject_id: str, form: OnceForm) -> Job:
    return Job(id=form.key, kind=kind, brand_id=brand_id, subject_id=subject_id, by=current_asker().by)


def _begin(job: Job, upload: IO[bytes] | None) -> Response:
    """Store the job, start its process, go on to its page; one that goes on already is shown instead."""
    session, job_id = current_session(), job.id
    try:
        if not begin_job(session, job, utc_now()):
            write_beside(session, None)
            return done(say("stock.job_begun_before"), f"{AREA}/jobs/{job_id}")
    except JobGoesOn as other:
        write_beside(session, None)
        return done(say("stock.job_goes_on"), f"{AREA}/jobs/{other.job_id}")
    start: Start = current_app.extensions[STARTER]
    try:
        _rewind(upload)
        start(job_id, upload)
    except OSError:
        with transaction(session):
            end_job(session, job_id, JobState.FAILED, {}, utc_now())
    return done(say("stock.job_begun"), f"{AREA}/jobs/{job_id}")


def _rewind(upload: IO[bytes] | None) -> None:
    """The process reads the same open file from wherever we left it."""
    if upload is not None:
        upload.seek(0)
        upload.flush()


@bp.get("/jobs/<job_id>")
def job(job_id: str) -> str:
    return office_page("stock/job.html", here="stock", **_told(_job_to(job_id)))


@bp.get("/jobs/<job_id>/progress")
def progress(job_id: str) -> str:
    """The part of a job's page that changes; asked for every second until the job has ended."""
    return office_page("stock/job_progress.html", **_told(_job_to(job_id)))


def _job_to(job_id: str) -> Job:
    """Raises Problem signed_out, not_found, not_allowed."""
    found = current_session().get(Job, job_id)
    require(Right.SEE, found.brand_id if found else None)
    assert found is not None  # noqa: S101  # nobody has a role for no brand
    return found


def _told(job: Job) -> dict[str, Any]:
    session, now = current_session(), utc_now()
    faults = [(line, fault_in_words(sentence)) for line, sentence in job.report.get("faults", ())]
    refusal = say(job.report["refusal"], **job.report["places"]) if "refusal" in job.report else ""
    by_name = names_of(session, {job.by}).get(job.by, job.by)
    return {"job": job, "state": state_of(session, job, now), "beat": beat_of(session, job), "faults": faults,
            "refusal": refusal, "by_name": by_name, **_subject(session, job)}


def _subject(session: Session, job: Job) -> dict[str, str]:
    """What the job is about, and the page it came from."""
    if job.kind == JobKind.COUNTS:
        return {"subject_name": session.get_one(Brand, job.subject_id).name, "back": AREA, "zone": "UTC"}
    if job.kind == JobKind.PRIZES:
        campaign = session.get_one(Campaign, job.subject_id)
        return {"subject_name": campaign.title(office_locale()), "back": f"{AREA}/campaigns/{campaign.slug}",
                "zone": campaign.timezone}
    prize = session.get_one(Prize, job.subject_id)
    return {"subject_name": prize.name(office_locale()), "back": f"{AREA}/{prize.id}/codes",
            "zone": session.get_one(Campaign, prize.campaign_id).timezone}


def _jobs(subject_id: str) -> dict[str, Any]:
    """A subject's last jobs, and the one at work."""
    session, now = current_session(), utc_now()
    told = [(job, state_of(session, job, now)) for job in jobs_of(session, subject_id)]
    return {"jobs": told, "going_on": next((job for job, state in told if state == JobState.RUNNING), None)}
