"""What other rules of a championship would change in its real season, and for whom; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from racing.models import Fact
from standings.championships import Held, followed
from standings.claims import Claim, Names, Verdict, championship_of, check, load_claims
from standings.describing_rules import Section, describe_rules
from standings.editing import Comparison, Difference, compare
from standings.models import Championship, ClaimCheck
from standings.scoring import RaceResults, Row, Rules, Scored, score
from standings.season_results import SeasonResults, season_results
from standings.sheets.subjects import SeasonNames, names_of
from standings.unmet import Unmet, unmet_names


@dataclass(frozen=True, slots=True)
class Changed:
    """A row of the last table that would differ, with the name of whom it is about."""

    name: str
    difference: Difference

    @property
    def before(self) -> Row | None:
        """The row as it is."""
        return self.difference.before

    @property
    def after(self) -> Row | None:
        """The row as it would be."""
        return self.difference.after

    @property
    def bonuses(self) -> tuple[Fraction, Fraction] | None:
        """The points of its bonuses before and after, where they differ."""
        one = self.difference
        return (one.bonus_before, one.bonus_after) if one.bonus_before != one.bonus_after else None


@dataclass(frozen=True, slots=True)
class ClaimChanged:
    """A claim of a report that the new table would answer otherwise."""

    quote: str
    before: Verdict
    after: Verdict

    @property
    def answers(self) -> tuple[str, str]:
        """The verdicts before and after, in words."""
        words = dict(ClaimCheck.VERDICTS)
        return str(words[self.before.verdict]), str(words[self.after.verdict])


@dataclass(frozen=True, slots=True)
class Preview:
    """What would change; `others` tells that the points would go to another kind of subject, so that no row can be compared.

    `unnumbered` counts meetings that have no number yet where the rules name rounds by theirs; `unmeasured` races of which the
    number that chooses the scale is not known; `unmet` are names in the rules that
    nothing of the season answers to.
    """

    rows: tuple[Changed, ...]
    comparison: Comparison
    claims: tuple[ClaimChanged, ...]
    words: tuple[Section, ...]
    after: str
    others: bool
    unnumbered: int
    unmeasured: int
    unmet: tuple[Unmet, ...]

    @property
    def nothing(self) -> bool:
        """Whether no table would differ at all."""
        return not self.others and not self.rows and not self.comparison.races

    @property
    def up(self) -> int:
        """How many would gain places."""
        return sum(row.difference.gained > 0 for row in self.rows)

    @property
    def down(self) -> int:
        """How many would lose places."""
        return sum(row.difference.gained < 0 for row in self.rows)


def preview(championship: Championship, rules: Rules, names: SeasonNames | None = None) -> Preview:
    """Score a championship's season by other rules beside its own, and tell what differs.

    It is what saving the rules gives: the same results go through the same functions. The rules it has are taken for none
    where they cannot be followed.
    """
    season = championship.season
    names = names or names_of(season)
    held, _unfollowed = followed(Championship.objects.filter(season=season).order_by("order", "name"), season)
    own = next((one for one in held if one.championship.pk == championship.pk), None)
    mine = Held(championship, rules, changed=False)
    after = [mine if one.championship.pk == championship.pk else one for one in held]
    before_scored = score(own.rules, _results(held, championship).races) if own else Scored((), ())
    results = _results(after if own else [*after, mine], championship)
    after_scored = score(rules, results.races)
    others = own is not None and own.rules.subject is not rules.subject
    comparison = compare(Scored((), ()) if others else before_scored, after_scored)
    subjects = names.names(rules.subject)
    return Preview(
        tuple(Changed(subjects.subject(row.subject), row) for row in comparison.rows),
        comparison,
        () if others or own is None else _claims(own, mine, held, after, before_scored, after_scored, results),
        tuple(describe_rules(rules, subjects)),
        names.races.get(after_scored.tables[-1].race, "") if after_scored.tables else "",
        others,
        _unnumbered(rules, results.races),
        _unmeasured(rules, results.races),
        unmet_names(rules, season),
    )


def _at_last(rules: Rules) -> Rules:
    return rules.changes[-1].rules if rules.changes else rules


def _unnumbered(rules: Rules, races: Sequence[RaceResults]) -> int:
    """Count the meetings without a number where rules name rounds."""
    held = _at_last(rules)
    by = held.scale_by
    named = held.round_multiplier or held.only_rounds or held.exclude_rounds or held.phases
    if not named and (by is None or (by.attribute != "round" and not by.full)):
        return 0
    return len({race.round for race in races if race.number is None})


def _unmeasured(rules: Rules, races: Sequence[RaceResults]) -> int:
    """Count the races that were held and lack the number by which their scale would be chosen."""
    held = _at_last(rules)
    by = held.scale_by
    if by is None or by.attribute in ("round", "starters"):
        return 0
    return sum(
        by.attribute not in race.attributes
        for race in races
        if race.lines and not race.cancelled and by.session in (None, race.session) and race.number not in by.full
    )


def _results(held: list[Held], championship: Championship) -> SeasonResults:
    """Load the season as recomputing it would: which kind a race is depends on the scales of all its championships."""
    return season_results(championship.season, {kind for one in held for kind in one.rules.scales})


def _claims(
    own: Held,
    mine: Held,
    held: list[Held],
    after: list[Held],
    before_scored: Scored,
    after_scored: Scored,
    results: SeasonResults,
) -> tuple[ClaimChanged, ...]:
    """Give the claims about this championship whose verdict would be another one."""
    season = own.championship.season
    claims = [claim for claim in load_claims(season) if _about(claim, own, held) and _about(claim, mine, after)]
    if not claims:
        return ()
    named, key = Names(season), own.championship.pk
    found = []
    for claim in claims:
        verdicts = [
            check(claim, rules, tables, results, named)
            for rules, tables in (
                (held, _only(key, before_scored)),
                (after, _only(key, after_scored)),
            )
        ]
        if verdicts[0].verdict != verdicts[1].verdict:
            found.append(ClaimChanged(Fact.objects.select_related("report").get(pk=claim.fact).quote, *verdicts))
    return tuple(found)


def _only(key: int, scored: Scored) -> Mapping[int, Any]:
    return {key: scored}


def _about(claim: Claim, one: Held, held: list[Held]) -> bool:
    found = championship_of(claim.ranking, held)
    return found is not None and found.championship.pk == one.championship.pk
