"""Playoffs: after a round the first of the table begin anew, ahead of everybody else."""

from collections.abc import Mapping, Sequence

from standings.scoring.results import RaceResults
from standings.scoring.rules import Phase
from standings.scoring.scored import Row
from standings.scoring.tally import Tally
from standings.scoring.units import Units


def begin_phase(
    units: Units, phase: Phase, tallies: Mapping[int, Tally], table: Sequence[Row], held: Sequence[RaceResults]
) -> None:
    """Give those who are kept what they begin the phase with; who was not kept goes on from where they were.

    What is carried is carried into each later phase again. `held` are the races so far.
    """
    rows = [row for row in table if row.position is not None]
    if phase.by_wins:
        rows.sort(key=lambda row: -tallies[row.subject].wins(held))
    for row in rows[: phase.keep]:
        tally = tallies[row.subject]
        assert row.position is not None, "who has none was left out"
        if row.position <= len(phase.carry_scale):
            tally.carry += units.of(phase.carry_scale[row.position - 1])
        # What was decided for all of the season is added to each table, to that of a new phase too.
        always = sum(units.of(one.points) for one in tally.decisions if one.race is None)
        begins = tally.net - always if phase.points is None else units.of(phase.points)
        tally.begin(begins + tally.carry if phase.carry else begins, len(held))
