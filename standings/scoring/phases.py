"""Playoffs: after a round the first of the table begin anew, ahead of everybody else."""

from collections.abc import Mapping, Sequence

from standings.scoring.rules import Phase, Rules
from standings.scoring.scored import Row
from standings.scoring.tally import Tally
from standings.scoring.units import Units


def begin_phase(rules: Rules, units: Units, phase: Phase, tallies: Mapping[int, Tally], table: Sequence[Row]) -> None:
    """Give those who are kept what they begin the phase with; who was not kept goes on from where they were.

    What is carried is carried into each later phase again.
    """
    for row in table[: phase.keep]:
        if row.position is None:
            continue
        tally = tallies[row.subject]
        if row.position <= len(phase.carry_scale):
            tally.carry += units.of(phase.carry_scale[row.position - 1])
        begins = tally.net if phase.points is None else units.of(phase.points)
        tally.begin(begins + tally.carry if phase.carry else begins)
