"""What the model reader costs: each question a row before it is sent, each answer kept, a limit for the month.

A question's row is written, with the most that it can cost, in a transaction that holds the purse; so workers that ask at the
same time cannot spend together what each may spend alone, and a worker that dies leaves what it may have spent in the books.
"""

from datetime import timedelta
from decimal import Decimal
from time import monotonic, sleep

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from racing.model_reader.asking import Asked, ask, size_of, understood
from racing.model_reader.endpoint import Endpoint, Unanswered
from racing.model_reader.parts import Part
from racing.model_reader.prompt import VERSION, key_of
from racing.model_reader.protocol import NotWritten, Reply
from racing.models import ModelAnswer, Report
from racing.terms import Asking

#: Any number that nothing else in this database locks by.
_PURSE_LOCK = 0x5075727365
#: An answer of no use is bought once more, then never again while text, model and question are the same.
_MOST_USELESS = 2
#: Where another worker asks the same at this moment, its answer is waited for: seconds between two looks.
_LOOK_AGAIN = 0.5


def bought(report: Report, endpoint: Endpoint, part: Part, deadline: float) -> Asked:
    """Give the answer about a part: the one that was bought before, else a new one. Raises Unanswered.

    Codes beside those of the client: model_limit (nothing more may be spent this month), model_useless (bought twice, of no
    use), model_asked (another worker asked the same and has no answer yet).
    """
    key = key_of(endpoint.model, part)
    while _in_flight(endpoint, key).exists() and monotonic() + _LOOK_AGAIN < deadline:
        sleep(_LOOK_AGAIN)
    if kept := ModelAnswer.objects.filter(key=key, state=Asking.USABLE).first():
        return understood(Reply(kept.content, kept.cut))
    row = _entered(report, endpoint, part, key)
    try:
        asked = ask(endpoint, part, deadline)
    except NotWritten as reason:
        _close(row, endpoint, Asking.UNUSABLE, reason.reply, reason.code)
        raise
    except Unanswered as reason:
        _fail(row, reason)
        raise
    return _kept(row, endpoint, asked)


def _entered(report: Report, endpoint: Endpoint, part: Part, key: str) -> ModelAnswer:
    """Write down that a question is asked, with the most it can cost. Raises Unanswered where it must not be."""
    tokens_in, tokens_out = endpoint.most(size_of(part))
    most = endpoint.cost(tokens_in, tokens_out)
    with transaction.atomic():
        _hold_the_purse()
        before = ModelAnswer.objects.filter(key=key)
        useless = before.filter(state=Asking.UNUSABLE)
        if useless.count() >= _MOST_USELESS:
            raise Unanswered("model_useless", useless.order_by("-pk").values_list("error", flat=True)[0])
        if _in_flight(endpoint, key).exists():
            raise Unanswered("model_asked")
        _check_limit(most, tokens_in + tokens_out)
        return ModelAnswer.objects.create(
            report=report,
            key=key,
            part=part.number,
            model=endpoint.model[:120],
            version=VERSION,
            tokens_in=tokens_in,
            tokens_out=tokens_out,
            cost=most,
        )


def _in_flight(endpoint: Endpoint, key: str) -> QuerySet[ModelAnswer]:
    """Give the same question where another worker has asked it and may still have an answer."""
    since = timezone.now() - timedelta(seconds=endpoint.seconds)
    return ModelAnswer.objects.filter(key=key, state=Asking.ASKED, asked_at__gt=since)


def _hold_the_purse() -> None:
    """Keep other workers from spending until the transaction ends. SQLite has locked all already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_PURSE_LOCK])


def spent_this_month() -> tuple[Decimal, int]:
    """Give what has been spent since the first of the month, in money and in tokens; what is uncertain at its most."""
    first = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = ModelAnswer.objects.filter(asked_at__gte=first)
    sums = rows.aggregate(cost=Sum("cost"), tokens=Sum(F("tokens_in") + F("tokens_out")))
    return sums["cost"] or Decimal(0), sums["tokens"] or 0


def limits() -> tuple[Decimal | None, int | None]:
    """Give what may be spent in a month, in money and in tokens; None is no limit."""
    cost, tokens = settings.MODEL_READER_MONTHLY_COST, settings.MODEL_READER_MONTHLY_TOKENS
    return Decimal(cost) if cost else None, int(tokens) if tokens else None


def in_currency(cost: Decimal) -> str:
    """Give an amount as it is shown: "1.25 EUR"; what is smaller than a cent with more figures."""
    cents = cost.quantize(Decimal("0.01")) if cost >= 1 or not cost else cost.quantize(Decimal("0.0001"))
    return f"{cents} {settings.MODEL_READER_CURRENCY}"


def _check_limit(cost: Decimal, tokens: int) -> None:
    """Raise Unanswered where a question that may cost so much could pass the month's limit."""
    spent_cost, spent_tokens = spent_this_month()
    most_cost, most_tokens = limits()
    if most_cost is not None and (spent_cost + cost > most_cost or most_cost == 0):
        raise Unanswered("model_limit", in_currency(most_cost))
    if most_tokens is not None and spent_tokens + tokens > most_tokens:
        raise Unanswered("model_limit", f"{most_tokens} tokens")


def _kept(row: ModelAnswer, endpoint: Endpoint, asked: Asked) -> Asked:
    """Keep an answer. Should another worker have kept one meanwhile, that one holds, and both were paid."""
    with transaction.atomic():
        _hold_the_purse()
        other = ModelAnswer.objects.filter(key=row.key, state=Asking.USABLE).first()
        _close(row, endpoint, Asking.UNUSABLE if other else Asking.USABLE, asked.reply, "model_twice" if other else "")
    return understood(Reply(other.content, other.cut)) if other else asked


def _close(row: ModelAnswer, endpoint: Endpoint, state: Asking, reply: Reply, error: str = "") -> None:
    """Write down what came back, and what it cost by the server's count; without one the most it can be stays."""
    row.state, row.error, row.content, row.cut = state, error, reply.content, reply.cut
    if reply.tokens_in is not None and reply.tokens_out is not None:
        row.tokens_in, row.tokens_out, row.estimated = reply.tokens_in, reply.tokens_out, False
        row.cost = endpoint.cost(row.tokens_in, row.tokens_out)
    row.answered_at = timezone.now()
    row.save()


def _fail(row: ModelAnswer, reason: Unanswered) -> None:
    """Write down that no answer came. Where the server cannot have worked for it, it cost nothing."""
    row.state, row.error, row.answered_at = Asking.FAILED, reason.code, timezone.now()
    if not reason.may_cost:
        row.tokens_in = row.tokens_out = 0
        row.cost, row.estimated = Decimal(0), False
    row.save()
