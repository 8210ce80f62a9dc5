"""Many seasons computed again: asked for together, done by workers one by one, each season once for however many asks."""

import logging
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import DEFAULT_DB_ALIAS, DatabaseError, transaction
from django.db.models import Exists, OuterRef

from racing import jobs
from racing.jobs import Claim, ClaimLostError
from racing.migrated import is_whole
from racing.models import Season
from racing.terms import JobState
from standings.championships import differs_from_plan
from standings.models import Championship, Recomputation, ScoringJob, TableAfter
from standings.recompute import compute
from standings.telling import told_of

logger = logging.getLogger(__name__)


#: Jobs of seasons; `racing.jobs` keeps them and `racing.sweeping` finds those that were left behind.
SCORING = jobs.Queue(ScoringJob, "season", JobState.SCORING, "standings.tasks.compute_again")


def ask(seasons: Iterable[Season], by: AbstractBaseUser | None) -> Recomputation:
    """Ask for seasons to be computed again; workers wake as soon as the transaction commits. Gives what tells how far it is.

    A season that waits already is asked for once; one that is being computed is computed anew, for who asks may have changed
    its rules just now.
    """
    wanted = [season.pk for season in seasons]
    with transaction.atomic():
        asked = Recomputation.objects.create(asked_by=by)  # type: ignore[misc]  # the user model of the settings
        asked.seasons.set(wanted)
        jobs.ask_for(wanted, SCORING)
    return asked


def ask_for_stale(using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> Recomputation | None:
    """Ask for the seasons whose rulebook's file has changed, or whose tables an update has left out; hears `post_migrate`."""
    if not is_whole(using):
        return None
    lost = Championship.objects.filter(
        ~Exists(TableAfter.objects.filter(championship=OuterRef("pk"))), season=OuterRef("pk"), version__gt=0
    ).exclude(basis=[])
    seasons = Season.objects.select_related("series").annotate(lost=Exists(lost)).order_by("pk")
    stale = [season for season in seasons if vars(season)["lost"] or differs_from_plan(season)]
    return ask(stale, by=None) if stale else None


def process(season_id: int, claim: Claim) -> None:
    """Compute one season: tables, what they changed and the end of the job are committed together.

    What goes wrong ends in the job's row. A claim that is lost undoes all without a word, a database that is away leaves the
    job to the sweep.
    """
    try:
        with transaction.atomic():
            season = Season.objects.select_related("series").get(pk=season_id)
            outcome = compute(season, thorough=True)
            told = told_of(outcome)
            jobs.confirm(claim)
            if outcome.unfollowed:
                jobs.fail(claim, "rules", told=told)
            else:
                jobs.finish(claim, told=told)
    except ClaimLostError:
        logger.info("Season %s was taken over", season_id)
    except (DatabaseError, Season.DoesNotExist):
        logger.exception("Season %s is left to the sweep", season_id)
    # Our own bugs: the person who waits must learn of them.
    except Exception as error:
        logger.exception("Season %s could not be computed", season_id)
        _fail(claim, f"{type(error).__name__}: {error}"[:300])


def _fail(claim: Claim, detail: str) -> None:
    try:
        jobs.fail(claim, "internal", detail, told=[])
    except ClaimLostError:
        logger.info("Season %s was taken over", claim.key)
