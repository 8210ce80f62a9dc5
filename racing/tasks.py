"""What workers do: load by id, call one function."""

from racing import jobs, pipeline
from racing.celery import app


@app.task
def read_report(report_id: int) -> None:
    """Take the report's job, if nobody has it, and bring it to its end. A message too many does nothing."""
    claim = jobs.claim(report_id)
    if claim is None:
        return
    with jobs.heart(claim):
        pipeline.process(report_id, claim)
