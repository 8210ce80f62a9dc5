"""Where the two readers of a report differ, and what the model was paid for it: what the desk sees beside the facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from racing import ledger
from racing.evidence import Mark
from racing.models import Fact, ModelAnswer, ReadingRecord, Report
from racing.models.reports import RANKINGS
from racing.terms import Reader

#: How the two differ, and whose word goes on.
HOW = {
    "place": _("two places"),
    "people": _("two drivers"),
    "only_offline": _("only the offline reader"),
    "only_model": _("only the model"),
}
FEEDS = {
    Reader.OFFLINE: _("the offline reader's word holds"),
    Reader.MODEL: _("the model's word holds"),
    Reader.BOTH: _("what both say elsewhere holds"),
    "": _("left out"),
}
_KINDS = dict(Fact.KINDS)


@dataclass(frozen=True, slots=True)
class Side:
    """What one reader says."""

    who: str
    position: int | None
    percent: int


@dataclass(frozen=True, slots=True)
class Row:
    """One difference. `where` is its race and ranking in words; `span` its place in the text, if it has one."""

    anchor: str
    how: Any
    feeds: Any
    kind: Any
    race: int | None
    ranking: str
    offline: Side | None
    model: Side | None
    span: tuple[int, int] | None


def rows_of(reading: ReadingRecord | None) -> list[Row]:
    """Give a reading's differences: where both say something first, then what only one says."""
    rows = [_row(f"problem-readers-{index}", data) for index, data in enumerate(reading.differences if reading else [])]
    return sorted(rows, key=lambda row: row.offline is None or row.model is None)


def _row(anchor: str, data: dict[str, Any]) -> Row:
    offline, model = data["offline"], data["model"]
    either = model or offline
    return Row(
        anchor,
        HOW[data["code"]],
        FEEDS[data["feeds"]],
        _KINDS[either["kind"]],
        either["race"],
        str(RANKINGS.get(either["ranking"], either["ranking"])),
        _side(offline),
        _side(model),
        tuple(either["span"]) if either["span"] else None,
    )


def _side(data: dict[str, Any] | None) -> Side | None:
    return Side(data["who"], data["position"], round(data["sure"] * 100)) if data else None


def marks(rows: Iterable[Row]) -> list[Mark]:
    """Give the places in the text of which the differences speak."""
    return [Mark(*row.span, row.anchor) for row in rows if row.span]


def spent_on(report: Report) -> dict[str, Any] | None:
    """Give what the model was asked about a report: how often, the tokens, the cost; None where it never was."""
    rows = ModelAnswer.objects.filter(report=report)
    sums = rows.aggregate(tokens_in=Sum("tokens_in"), tokens_out=Sum("tokens_out"), cost=Sum("cost"))
    if sums["cost"] is None:
        return None
    return {
        "questions": rows.count(),
        "tokens": sums["tokens_in"] + sums["tokens_out"],
        "cost": ledger.in_currency(sums["cost"]),
        "estimated": rows.filter(estimated=True).exists(),
    }
