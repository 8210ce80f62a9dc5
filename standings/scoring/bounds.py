"""What the unknown places could add: for each subject of a table the least and the most, and whether the lead is certain.

A press release tells five places of thirty-eight. The table counts those five; whoever held the others is not known. A
*completion* of a race is one way in which it may have ended:

- each car that its results tell of, or that the season's list has for that round (`Entrants.listed`), held a place of the
  order on the road or ended without one; so may cars have done that nobody has listed (`Entrants.others`), which are no
  guests, may be paid, belong to no driver, team or make that is known, and run in the classes of some car that is known, in one
  class alone, or in one of which nobody else is; of those it is only ever told who started;
- a car of which nothing is told that shuts out other classes (`Line.more_classes`: no class is told of it, or overlays alone)
  ran in any of those too besides its own, or in none, and may so belong to the championship or not; a place in a class tells
  that it ran in it;
- every place that is told holds, in each of the rankings, which are all one order: the series' own is the road's without
  guests, a class's is the series' own of that class. No two cars share a place but those of which it is told;
- who is told to have finished has a place, who is told to have ended otherwise has none, of the rest both may be; and no more
  cars started than are told to have (`RaceResults.starters`);
- qualifying and the fastest lap are such orders too, but perhaps nobody listed took part in them; who never started set no
  lap, so who set one has started, whether it came in or not; who is told to have been the first of the series' own cars was
  first on the road, unless another is told to have been;
- a race of the championship without any result, that stands before one that is told of, was held, and all of it is unknown.
  A race that is cancelled is not.

What is not told of laps, of time at the wheel and of a race's numbers is taken as the rest of scoring takes it: it is held
against nobody; numbers in `Entrants.unsure` may have been any. Laps led are unknown where they are not told: whoever started
may have led any number, perhaps nobody listed led one, and who is told to have led has started.

The races' completions have nothing to do with each other, and a total never falls where a score rises, dropped scores or not.
So the least of a season comes of the least of each race, the most of the most. That is exact, jointly for all cars of a
subject, for scales of any kind, those by the number of starters among them (each is looked at with so many starters as lead to
it), overall, in a class, in several classes at once or among a championship's own cars, with factors, shared cars, bonuses for
pole, places in qualifying, fastest lap, laps led, wins, stages and taking part, the best N cars, drops, the best results of
each meeting, and decisions, be many points good or few; whatever rankings the places are told in, for orders are put together
to see what they leave (`fitting.py`). It is a bound that holds, and may be too wide, for what `exact` is then false
for:

- phases that began after a race which is partly known, if others may have begun anew than surely did, if those that did were
  chosen by their wins, or with points carried, dropped scores, few points being good, or decisions;
- low-point series, where to have missed a race is no score and scores are dropped, and where a race's points were decided;
- points for as many as there were entries, if no number is given, of several cars of one subject or where many points are good;
- a bonus that stays where the rest of a score is dropped, and has its least or most with another place than the points have;
- `others_move_up`;
- bonuses by class for being first beside the race, of a car that runs in several classes that are ranked, if it is not told of
  which it was the first;
- most laps led, where that is split, where nobody but cars of the same subject may have led more, and where it is told how many
  started and perhaps nobody of whom that is told led more;
- several cars of one subject whose places in qualifying are paid and not known, where that asks for something of the race, or
  another bonus goes with qualifying, or scores that may not be dropped, or few points are good;
- scales by the number of starters, where cars that nobody has listed may have run of which it is not told whether they count;
- decisions on a place that a car need not have had, or on who shared a car alone or with times at the wheel;
- cars of one subject of which too many beginnings would have to be looked at (`many_cars.py`), which is rare; more than a few
  unknown ones where few points are good, where bonuses or scores that may not be dropped stay when others are, or where it was
  decided on their points; and a race whose places leave too many orders to look at;
- cars of which it is not told in which classes they ran, where that decides over more than places by class, and too many ways
  are left to look at each (`in_classes.py`): to a subject's own cars come those of which something is told beside the race.

The lead is *certain* if in no completion anybody can be ahead of the first, or level but for a tie-break that is surely lost:
by countback, where the places of the one are better whatever the others were (`positions.py`, which also says which positions
are left to everybody; those are exact only where that is told of each). The two are looked at together: where
they shared a car, or one is known to have been ahead of the other, the leader's least and the rival's most do not meet. Where
they are not looked at together, the bounds of each are: a lead is never called certain that is not, and of a rival who is
merely not ruled out it is told (`Lead.proven`).
"""

from collections.abc import Collection, Mapping, Sequence

from standings.scoring.bounding import Bounding
from standings.scoring.results import Entrants, RaceResults
from standings.scoring.rules import Rules
from standings.scoring.scored import Bounds, Scored
from standings.scoring.season import score_season
from standings.scoring.validity import rules_after
from standings.scoring.whole import Wholeness


def whole(
    rules: Rules,
    races: Sequence[RaceResults],
    scored: Scored,
    entrants: Mapping[int, Entrants],
    known: Collection[int] = (),
) -> bool:
    """Tell whether all races are known in whole, as far as points go: nothing is bounded then.

    Of `scored` its basis and last table alone are looked at; races in `known`, by their keys, are known to be so.
    """
    return not any(Wholeness(rules, races, scored, entrants, known).partly_known())


def bound(
    rules: Rules, races: Sequence[RaceResults], scored: Scored, entrants: Mapping[int, Entrants]
) -> tuple[Bounds, ...]:
    """Bound the tables of one championship that rest on races which are partly known; no others are given.

    `scored` is what `score` made of the rules and the races; `entrants` are by race, and somebody not listed may have run in
    a race that it does not have.
    """
    if not rules.changes and all(decision.visible_from is None for decision in rules.decisions):
        return Bounding(rules, races, scored, entrants).tables(scored.tables)
    found: list[Bounds] = []
    for index, table in enumerate(scored.tables):
        known = rules_after(rules, [earlier.race for earlier in scored.tables[: index + 1]])
        until = next(at for at, race in enumerate(races) if race.key == table.race)
        cut = races[: until + 1]
        again = score_season(known, cut)
        found += Bounding(known, cut, again, entrants).tables(again.tables[-1:])
    return tuple(found)
