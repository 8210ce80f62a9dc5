"""Which reader reads a report: the offline reading goes in, the reading that counts comes out."""

from collections.abc import Callable
from dataclasses import replace
from time import monotonic
from typing import Any

from django.conf import settings

from racing import ledger
from racing.identifying import answers_of, find_named, value_of
from racing.model_reader.asking import Asked, ask
from racing.model_reader.comparing import Difference
from racing.model_reader.endpoint import Endpoint
from racing.model_reader.grounding import label_of
from racing.model_reader.parts import Part
from racing.model_reader.prompt import VERSION
from racing.model_reader.reader import ReadBy, read
from racing.models import Report, Series
from racing.naming import same_series
from racing.reading.facts import Fact, Problem, Reading
from racing.terms import Reader

#: Documents that are tables: the offline reader reads these to the letter, and a model has nothing to add.
_TABLES = frozenset({"csv", "xlsx", "ods"})


def endpoint() -> Endpoint | None:
    """Give the endpoint that this installation names, None where it names none."""
    if not (settings.MODEL_READER_URL and settings.MODEL_READER_MODEL):
        return None
    return Endpoint(
        settings.MODEL_READER_URL,
        settings.MODEL_READER_MODEL,
        settings.MODEL_READER_KEY,
        seconds=settings.MODEL_READER_SECONDS,
        attempts=settings.MODEL_READER_ATTEMPTS,
        part_characters=settings.MODEL_READER_PART_CHARACTERS,
        parts=settings.MODEL_READER_PARTS,
        output_tokens=settings.MODEL_READER_OUTPUT_TOKENS,
        price_in=settings.MODEL_READER_PRICE_IN,
        price_out=settings.MODEL_READER_PRICE_OUT,
        extra=settings.MODEL_READER_EXTRA,
    )


def reader_of(report: Report, offline: Reading) -> Reader:
    """Give who reads a report: as its series says, the given one, the answered one or the one that the text names."""
    series = report.given_series
    if series is None and report.given_season:
        series = report.given_season.series
    if series is None and report.given_event:
        seasons = list(report.given_event.seasons.select_related("series")[:2])
        series = seasons[0].series if len(seasons) == 1 else None
    if series is None:
        name = str(answers_of(report).get(("series", "")) or value_of(offline.heading.series))
        series = find_named(Series, name, same_series) if name else None
    return Reader(series.reader) if series else Reader.OFFLINE


def read_as_set(report: Report, text: str, offline: Reading) -> ReadBy:
    """Read a report, which the offline reader has read, as its series' setting says. Raises nothing of the endpoint's.

    Answers are bought once and kept (`racing.ledger`): reading again asks nothing that was answered.
    """
    reader = reader_of(report, offline)
    if reader is Reader.OFFLINE or report.format in _TABLES:
        return ReadBy(offline)
    where = endpoint()
    if where is None:
        return without_endpoint(offline)
    deadline = monotonic() + where.seconds
    return read_with(where, text, offline, reader, lambda part: ledger.bought(report, where, part, deadline))


def read_now(text: str, offline: Reading, reader: Reader) -> ReadBy:
    """Read a text without keeping anything of it, as the command line does. Nothing is counted towards the month's limit."""
    where = endpoint()
    if reader is Reader.OFFLINE:
        return ReadBy(offline)
    if where is None:
        return without_endpoint(offline)
    deadline = monotonic() + where.seconds
    return read_with(where, text, offline, reader, lambda part: ask(where, part, deadline))


def without_endpoint(offline: Reading) -> ReadBy:
    """Let the offline reading stand where the model should read and no endpoint is named."""
    return ReadBy(replace(offline, problems=(*offline.problems, Problem("model_off"))))


def read_with(where: Endpoint, text: str, offline: Reading, reader: Reader, buy: Callable[[Part], Asked]) -> ReadBy:
    """Read a text with the answers that `buy` gives."""

    def written(part: Part) -> tuple[dict[str, Any], bool]:
        asked = buy(part)
        return asked.facts, asked.whole

    return read(text, offline, where, written, reader)


def version_of(read_by: ReadBy, offline: str) -> str:
    """Give the version of a reading: of the offline reader, and where a model has read, of the question and the model."""
    if read_by.reader is Reader.OFFLINE:
        return offline
    return f"{offline} {VERSION} {settings.MODEL_READER_MODEL}"[:40]


# --- where the readers differ, as rows ----------------------------------------------------------------------------------


def difference_rows(differences: tuple[Difference, ...]) -> list[dict[str, Any]]:
    """Give the differences as JSON: what each reader says, with how sure it is and where in the text, and which feeds."""
    return [
        {"code": row.code, "feeds": row.feeds, "offline": _side(row.offline), "model": _side(row.model)}
        for row in differences
    ]


def _side(fact: Fact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    return {
        "kind": str(fact.kind),
        "label": label_of(fact),
        "race": fact.race,
        "ranking": fact.ranking,
        "position": fact.position,
        "who": " / ".join(fact.drivers) or fact.circuit,
        "sure": round(fact.sure, 2),
        "span": [fact.evidence[0].start, fact.evidence[0].end] if fact.evidence else None,
    }
