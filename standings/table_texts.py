"""Tables as the texts that are kept of them, and the digests by which these are compared without being read.

`awards` is [[subject, points, parts], ..] of one race, `rows` the table after it; parts and rows are the fields of
`standings.scoring.Part` and `Row` in their order, and points exact text. `scores` is what counts of the race: of who has the
points of a place and nothing else [subject, points, position], of others [subject, *Score], in the units of the rules.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from hashlib import blake2b
from typing import Any

from racing import quick_json
from standings.fields import format_points
from standings.scoring import NO_PARTS, Earned, Row, Score, Subject, for_place, untold, why_of

#: The length of a half of a digest that tells of two things.
HALF = 16


def digest(text: str | bytes) -> str:
    """Give half of a digest: of one text."""
    return blake2b(text.encode() if isinstance(text, str) else text, digest_size=HALF // 2).hexdigest()


class Writer:
    """Writes awards and rows; a season holds the same few points thousands of times."""

    def __init__(self) -> None:
        self._texts: dict[int, str] = {}

    def text(self, points: Fraction) -> str:
        """Write points."""
        # Whatever is written lives as long as the season that was scored, so its id is its own.
        found = self._texts.get(id(points))
        if found is None:
            whole = points.denominator == 1
            found = self._texts[id(points)] = str(points.numerator) if whole else format_points(points)
        return found

    def awards(self, counted: Mapping[int, Earned], points_of: Mapping[int, Fraction]) -> str:
        """Write the awards of one race: what counts of it for whom in units, and what that was added up from."""
        text = self.text
        return quick_json.dumps(
            [
                (
                    subject,
                    text(points_of[score.points]),
                    [
                        (
                            kind,
                            rule,
                            ranking,
                            position,
                            why,
                            text(value),
                            text(factor),
                            text(points),
                            entry,
                            road,
                            share,
                        )
                        for kind, rule, ranking, position, why, value, factor, points, entry, road, share in parts
                    ],
                )
                for subject, (score, parts) in sorted(counted.items())
                if parts
            ]
        )

    def scores(self, counted: Mapping[int, Earned]) -> str:
        """Write what counts of one race."""
        told: list[Any] = []
        for subject, (score, _parts) in sorted(counted.items()):
            positions = score.positions
            plain = len(positions) == 1 and score == for_place(score.points, positions[0])
            told.append((subject, score.points, positions[0]) if plain else (subject, *score))
        return quick_json.dumps(told)

    def rows(self, rows: Iterable[Row]) -> str:
        """Write the rows of a table."""
        text, known = self.text, self._texts.get
        told_of = []
        for subject, order, position, points, gross, dropped, tie, told in rows:
            net = known(id(points)) or text(points)
            all_told = net if gross is points else known(id(gross)) or text(gross)
            told_of.append(
                (subject, order, position, net, all_told, dropped, told if tie is None else why_of(tie, told))
            )
        return quick_json.dumps(told_of)


def read_scores(text: str) -> dict[int, Earned]:
    """Read what counts of one race, without what it was added up from."""
    earned: dict[int, Earned] = {}
    for told in quick_json.loads(text):
        if len(told) == _PLAIN:
            subject, points, position = told
            earned[subject] = untold(points, position)
        else:
            subject, points, bonus, positions, started, droppable, carry, spare = told
            score = Score(points, bonus, tuple(positions), started, droppable, carry, tuple(spare))
            earned[subject] = score, NO_PARTS
    return earned


#: So many values are written of who has the points of a place and nothing else.
_PLAIN = 3


def digest_of_paid(awards: str, scores: str) -> str:
    """Give half of the digest of a table: of what its race paid."""
    return digest(awards + scores)


def digest_of_latest(subject: Subject, rows: Iterable[Sequence[Any]]) -> str:
    """Give the digest of a latest table, whose rows are `Standing`s: their subjects, and what is stored of them.

    Each row is its subject's id, order, position, points and points with dropped scores as text, the races dropped, and why.
    """
    # A team may have the id that a driver had: whose ids they are makes another table.
    return digest(f"latest {subject} {quick_json.dumps(list(rows), sort_keys=True)}")
