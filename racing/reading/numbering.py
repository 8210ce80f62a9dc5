"""Numbers of races that count the season's, not the meeting's: "Race 7", "the sixth race of the season", "manche 6 sur 8".

A meeting has up to three races, or a few more that are told one after another. Numbers that do not go on from the first
three are the season's: where several follow each other they are the races of the meeting in turn ("Race 7" and "Race 8" are its
first and second), one alone does not tell which race of the meeting it was: it stays a race, of no number.
"""

from dataclasses import replace

from racing.reading.mentions import Mention

#: A meeting seldom has more races; a number behind it goes on from these or counts the season's.
_OF_A_MEETING = 3

Rows = list[tuple[Mention, ...]]


def within_the_meeting(rows: Rows) -> Rows:
    """Give the mentions of sentences with races numbered within the meeting."""
    named = {int(one.value) for row in rows for one in row if _is_numbered(one)}
    own = {number for number in named if number <= _OF_A_MEETING}
    while max(own, default=0) + 1 in named:
        own.add(max(own) + 1)
    others = sorted(named - own)
    if not others:
        return rows
    follow = not own and len(others) > 1 and others == [*range(others[0], others[0] + len(others))]
    numbers = {number: str(at) if follow else "" for at, number in enumerate(others, 1)}
    return [tuple(_renumbered(one, numbers) for one in row) for row in rows]


def _is_numbered(mention: Mention) -> bool:
    return mention.kind == "race" and mention.value.isdigit()


def _renumbered(mention: Mention, numbers: dict[int, str]) -> Mention:
    if not _is_numbered(mention) or int(mention.value) not in numbers:
        return mention
    return replace(mention, value=numbers[int(mention.value)])
