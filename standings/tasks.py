"""What workers do: load by id, call one function."""

from racing import jobs
from racing.celery import app
from standings import asking


@app.task
def compute_again(season_id: int) -> None:
    """Take the season's job, if nobody has it, and bring it to its end. A message too many does nothing."""
    claim = jobs.claim(season_id, asking.SCORING)
    if claim is None:
        return
    with jobs.heart(claim):
        asking.process(season_id, claim)
