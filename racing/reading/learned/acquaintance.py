"""What known entries add to the learned layers: they make names, crews and classes likelier or less likely.

The forests have their say first; what is known of the season shifts it. Nothing here knows a word of a language.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from racing.reading.capitals import Word
from racing.reading.facts import Person
from racing.reading.folding import fold
from racing.reading.known import Parts, Roster, number_of, parts_of
from racing.reading.learned.classes import Classes
from racing.reading.learned.names import Names, Piece, first_names, joined
from racing.reading.learned.pairing import Beside, Pairing
from racing.reading.learned.trees import Scores
from racing.reading.mentions import Mention
from racing.reading.people import Cast, Known
from racing.terms import OVERALL, TRACK

#: Which figure of a piece's scores says what.
_NAME, _BOTH = 1, 3
#: How sure a driver's whole name makes a name, and with a slip of the pen in it.
_WHOLE, _SLIPPED = 0.999, 0.97
#: How sure at least a known surname makes a name, and with a slip.
_LONE, _LONE_SLIP = 0.9, 0.5
#: By how much it multiplies the odds where the word has other senses; two with a stroke; behind a word that is no first name
#: ("Dominateur Arvois").
_DOUBTFUL, _TWO, _LED_BY_A_WORD = 6.0, 30.0, 0.05
#: A word with fewer letters is too short to be a name for being known.
_SHORT = 4
#: By how much it multiplies the odds of sharing a car to be known to, or to be known from two cars.
_MATES, _NO_MATES = 50.0, 0.1
#: How two mates are named side by side.
_SIDE_BY_SIDE = frozenset(("/", "-", "", "and", "comma", "dash", "join_crew", "mark./", "mark.&"))
#: So much is left of a class in which a driver is not known to run, and others are.
_OTHER_CLASS = 0.1
#: Fewer cars do not show that two classes have none in common.
_LEAST_CARS = 2
#: By how much it multiplies the odds of a class to be one of the season's.
_CLASS = 20.0
_TOKEN = re.compile(r"[^\W_]+")


def _shifted(score: float, factor: float) -> float:
    """Give a likelihood whose odds are multiplied."""
    odds = factor * score / max(1e-9, 1 - score)
    return odds / (1 + odds)


# --- names --------------------------------------------------------------------------------------------------------------


def shift_names(names: Names, pieces: Sequence[Piece], scores: Scores, roster: Roster) -> Scores:
    """Give the scores of a text's pieces with what is known of the season."""
    scores = np.array(scores)
    for piece, row in zip(pieces, scores, strict=True):
        words = [names.words[n] for n in names.runs[piece.run][piece.first : piece.last]]
        parts = tuple(part for word in words for part in parts_of(word.text))
        if not parts:
            continue
        if parts in roster.whole:
            row[_NAME], row[_BOTH] = _WHOLE, 0.0
        elif len(words) == 1:
            _shift_lone(names, names.runs[piece.run][piece.first], parts, row, roster)
        elif roster.slips(parts):
            row[_NAME] = max(row[_NAME], _SLIPPED)
        elif any(parts[at:] in roster.lone for at in range(1, len(parts))) and not _is_first(names, words[0]):
            row[_NAME] = _shifted(row[_NAME], _LED_BY_A_WORD)
    return scores


def _is_first(names: Names, word: Word) -> bool:
    first = word.folded.split("-")[0]
    return len(word.text) < 3 or not word.capital or first in first_names() or first in names.lexicon.first_names


def _shift_lone(names: Names, at: int, parts: Parts, row: Scores, roster: Roster) -> None:
    word = names.words[at]
    if parts in roster.lone:
        doubtful = len(word.text) < _SHORT or _is_doubtful(names, word)
        doubtful = doubtful and not _acts(names, at) and not _is_beside_another(names, at, roster)
        row[_NAME] = _shifted(row[_NAME], _DOUBTFUL) if doubtful else max(row[_NAME], _LONE)
        row[_BOTH] = 0.0
    elif len(parts) > 1 and any(parts[:at] in roster.lone and parts[at:] in roster.lone for at in range(1, len(parts))):
        row[_BOTH] = _shifted(row[_BOTH], _TWO)
    elif roster.slips(parts) and not _is_doubtful(names, word):
        row[_NAME] = max(row[_NAME], _LONE_SLIP)


_ACTS = ("win.", "finish.", "complete.", "ahead.", "behind.", "retirement.")
_RIVALS = ("ahead.", "behind.", "beside.", "followed.")


def _acts(names: Names, at: int) -> bool:
    """Tell whether a driver's verb stands behind a word, or a word that only a rival follows before it: "devant Valence"."""
    behind = at + 1 < len(names.words) and names.sense(at + 1).startswith(_ACTS)
    return behind or (at > 0 and names.sense(at - 1).startswith(_RIVALS))


def _is_beside_another(names: Names, at: int, roster: Roster) -> bool:
    """Tell whether a known driver is named beside a word, with a mark or a joining word between: "Grand et Valence"."""
    for step in (-1, 1):
        first = at + step
        joins = 0 <= first < len(names.words) and names.words[first].folded in names.lexicon.joining
        other = first + step if joins else first
        if 0 <= other < len(names.words):
            left, right = sorted((names.words[at], names.words[other]), key=lambda word: word.start)
            between = names.text[left.end : right.start].strip()
            near = joins or between in ("/", ",", "-", "–", "&")
            if near and names.words[other].capital and parts_of(names.words[other].text) in roster.lone:
                return True
    return False


_SENSES = (
    "make",
    "team",
    "notname",
    "stop",
    "nation",
    "place",
    "particle",
    "ordinal",
    "month",
    "lower",
    "first",
    "noun",
)


def _is_doubtful(names: Names, word: Word) -> bool:
    """Tell whether a surname is a word, a place or a first name too."""
    tags = names.tags(word)
    return any(sense in tags for sense in _SENSES) or any(tag.startswith("k:") for tag in tags)


def whole_names(names: Names, roster: Roster, spelled: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """Give where drivers are written with their whole names and no piece has them: "Arvois Jean", "van't Hoff"."""
    taken = [(words[0].start, words[-1].end) for words in spelled]
    starts = {start for start, _ in taken}
    found: list[list[Word]] = []
    at = 0
    while at < len(names.words):
        size = 0 if names.words[at].start in starts else _whole_at(names, roster, at)
        words = names.words[at : at + size]
        if words and not any(words[0].start < end and start < words[-1].end for start, end in taken):
            found.append(list(words))
        at += max(1, size)
    return found


def _whole_at(names: Names, roster: Roster, at: int) -> int:
    """Give how many words from here on are a driver's whole name, the most that are."""
    parts: list[str] = []
    best = 0
    for n in range(at, min(len(names.words), at + roster.longest)):
        if n > at and not joined(names.text, names.words[n - 1], names.words[n]):
            break
        parts += parts_of(names.words[n].text)
        if names.words[n].capital and tuple(parts) in roster.whole:
            best = n - at + 1
    return best if any(word.capital for word in names.words[at : at + 1]) or best > 1 else 0


def find_teams(names: Names, cast: Cast, roster: Roster) -> None:
    """Keep where the text names a known team that has one car."""
    firsts = {form[0] for form in roster.teams}
    for at, word in enumerate(names.words):
        parts: list[str] = []
        last = (
            at + roster.longest if word.capital and parts_of(word.text)[:1] and parts_of(word.text)[0] in firsts else at
        )
        for n in range(at, min(len(names.words), last)):
            parts += parts_of(names.words[n].text)
            if tuple(parts) in roster.teams and tuple(parts) not in roster.whole and len(parts) > 1:
                cast.teams[word.start] = names.words[n].end


def one_person_each(cast: Cast, roster: Roster) -> list[tuple[str, int]]:
    """Make two spellings of one driver ("Arvois", "Arvoix") one person; give the other spellings, each with the person."""
    first: dict[int, int] = {}
    kept: list[Known] = []
    others: list[tuple[str, int]] = []
    for person in cast.people:
        parts = parts_of(person.name)
        who = roster.drivers(parts)
        driver = next(iter(who)) if len(who) == 1 else -1
        at = first.get(driver, -1)
        if driver < 0 or at < 0:
            first[driver] = len(kept)
            kept.append(person)
        elif _rank(person.name, roster.names[driver]) > _rank(kept[at].name, roster.names[driver]):
            others.append((kept[at].name, at))
            kept[at] = person
        else:
            others.append((person.name, at))
    cast.people[:] = kept
    return others


def _rank(name: str, known: str) -> tuple[int, bool]:
    parts = parts_of(name)
    return sum(len(part) > 1 for part in parts), parts == parts_of(known)[-len(parts) :]


# --- who is who ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Acquaintance:
    """Known entries and the people of one text. `lent` are those whose nationality the entries tell, not the text.

    The first `own` people are named in the text; behind them stand crews of numbers that only the entries name.
    """

    roster: Roster
    cast: Cast
    who: dict[int, frozenset[int]] = field(default_factory=dict)
    lent: set[int] = field(default_factory=set)
    teams: dict[str, tuple[int, ...]] = field(default_factory=dict)
    own: int = 0

    def __post_init__(self) -> None:
        """Find each person among the drivers; who could be several is nobody's mate for sure."""
        self.own = len(self.cast.people)
        for number, person in enumerate(self.cast.people):
            found = self.roster.drivers(parts_of(person.name))
            if found:
                self.who[number] = found

    def drivers_of(self, people: Iterable[int]) -> list[frozenset[int]]:
        return [self.who.get(one, frozenset()) for one in people]

    def crew_at(self, entry: int) -> tuple[int, ...]:
        """Give the people of the text who drive an entry for sure."""
        crew, _ = self.roster.entries[entry]
        return tuple(number for number, who in sorted(self.who.items()) if len(who) == 1 and who <= crew)

    def crews(self) -> Iterator[tuple[int, ...]]:
        """Give the crews of which the text names two or more."""
        for entry in range(len(self.roster.entries)):
            crew = self.crew_at(entry)
            if len(crew) > 1:
                yield crew

    def shift_classes(self, classes: Classes, scores: Scores) -> Scores:
        """Give how likely spans name a class, with the classes that are known."""
        known = {" ".join(_TOKEN.findall(fold(name))) for _, entry in self.roster.entries for name in entry.classes}
        if not known:
            return scores
        rows = zip(classes.spans, scores, strict=True)
        return np.array([_shifted(one, _CLASS) if classes.key(span) in known else one for span, one in rows])

    def shift_pairs(self, pairing: Pairing, scores: Sequence[float] | Scores) -> list[float]:
        """Give how likely those named beside each other share a car, with what is known."""
        return [self._pair(pairing, pair, float(score)) for pair, score in zip(pairing.found, scores, strict=True)]

    def _pair(self, pairing: Pairing, pair: Beside, score: float) -> float:
        left, right = pairing.mentions(pair)
        ours, theirs = self.drivers_of(left.who), self.drivers_of(right.who)
        if left.who == right.who or not all((*ours, *theirs)):
            return score
        mates = any(self.roster.mates(one, other) for one in ours for other in theirs)
        if mates:
            return max(score, 0.9) if pairing.join(pair) in _SIDE_BY_SIDE else _shifted(score, 2.0)
        return _shifted(score, _NO_MATES)

    def look_at(
        self, text: str, rows: Sequence[tuple[Mention, ...]], numbers: dict[str, tuple[int, ...]]
    ) -> list[tuple[Mention, ...]]:
        """Tell whose the numbers, teams, nationalities and classes are that a text speaks of. Gives the rows."""
        self.introduce(rows, numbers)
        self.name_teams(text)
        self.lend_nationalities()
        return self.resolve_classes(rows)

    def may_share(self, people: Sequence[int]) -> bool:
        """Tell whether people may have one place: not where they are known to drive different cars."""
        cars = self._cars(people)
        return len(people) < 2 or not all(cars) or bool(set.intersection(*cars))

    def is_whole(self, people: Sequence[int]) -> bool:
        """Tell whether somebody may finish without others: not where the text names those who share his car."""
        cars = self._cars(people)
        return len(people) > 1 or not any(set(self.crew_at(car)) - set(people) for each in cars for car in each)

    def _cars(self, people: Sequence[int]) -> list[set[int]]:
        who = self.drivers_of(people)
        return [
            {car for one in each for car in self.roster.of.get(one, ())} if len(each) == 1 else set() for each in who
        ]

    def introduce(self, rows: Sequence[Sequence[Mention]], numbers: dict[str, tuple[int, ...]]) -> None:
        """Tell whose the numbers and teams of the text are, where the text does not: its crew by the entries."""
        for row in rows:
            for mention in row:
                for one in (mention, *mention.aside):
                    if one.kind == "car" and one.value not in numbers:
                        crew = self._crew(self.roster.numbers.get(number_of(one.value)))
                        if crew:
                            numbers[one.value] = crew

    def _crew(self, entry: int | None) -> tuple[int, ...]:
        """Give an entry's people: those whom the text names, else all, made known by the entries."""
        if entry is None:
            return ()
        crew = self.crew_at(entry)
        if not crew:
            for driver in sorted(self.roster.entries[entry][0]):
                self.who[len(self.cast.people)] = frozenset((driver,))
                self.cast.people.append(Known(self.roster.names[driver]))
            crew = self.crew_at(entry)
        return crew

    def name_teams(self, text: str) -> None:
        """Tell whose the teams are that the text names and that have one car."""
        for start, end in self.cast.teams.items():
            entry = self.roster.teams.get(parts_of(text[start:end]))
            crew = self.crew_at(entry) if entry is not None else ()
            if crew:
                self.teams[text[start:end]] = crew

    def lend_nationalities(self) -> None:
        """Let epithets find drivers by the nationality that the entries tell."""
        for number, who in self.who.items():
            person = self.cast.people[number]
            told = {self.roster.nationalities[one] for one in who}
            if not person.nationality and len(told) == 1 and told != {""}:
                (person.nationality,) = told
                self.lent.add(number)

    def classes(self, people: Iterable[int]) -> frozenset[str]:
        """Give the classes, folded, in which drivers are known to run together; nothing where that is in doubt."""
        found: frozenset[str] | None = None
        for who in self.drivers_of(people):
            cars = {car for one in who for car in self.roster.of.get(one, ())} if len(who) == 1 else set()
            own = frozenset().union(*(self.roster.classes[car] for car in cars))
            found = own if found is None else found & own
        return found or frozenset()

    def shift_rankings(self, people: Sequence[int], shares: dict[str, float]) -> dict[str, float]:
        """Take away from the classes in which the drivers do not run."""
        own = self.classes(people)
        if not own:
            return shares
        return {
            name: share * (_OTHER_CLASS if name not in (OVERALL, TRACK) and self._excluded(fold(name), own) else 1.0)
            for name, share in shares.items()
        }

    def _excluded(self, name: str, own: frozenset[str]) -> bool:
        """Tell whether a class is known, not theirs, and has no car in common with one of theirs."""
        if name in own:
            return False
        classes = self.roster.classes
        theirs = [held for held in classes if name in held]
        return len(theirs) >= _LEAST_CARS and any(
            sum(one in held for held in classes) >= _LEAST_CARS and not any(one in held for held in theirs)
            for one in own
        )

    def by_class(self, name: str) -> int | None:
        """Give the only person of the text who is known to run in a class, None where there are more or none."""
        fits = [number for number in self.who if fold(name) in self.classes((number,))]
        return fits[0] if len(fits) == 1 else None

    def resolve_classes(self, rows: Sequence[tuple[Mention, ...]]) -> list[tuple[Mention, ...]]:
        """Make "le pilote Pro-Am" the one person of that class, where no name follows."""
        return [tuple(self._resolved(row)) for row in rows]

    def _resolved(self, row: tuple[Mention, ...]) -> Iterator[Mention]:
        skip = 0
        for at, mention in enumerate(row):
            if skip:
                skip -= 1
                continue
            after = row[at + 1 : at + 4]
            if mention.value == "definite" and [one.kind for one in after[:2]] == ["driver_word", "class"]:
                named = len(after) > 2 and after[2].kind in ("person", "class", "car", "nationality")
                person = None if named else self.by_class(after[1].value)
                if person is not None:
                    yield replace(mention, kind="person", end=after[0].end, value="", who=(person,))
                    skip = 1
                    continue
            yield mention

    def handed_back(self, people: Sequence[Person]) -> tuple[Person, ...]:
        """Give the text's people without what the entries lent, and without those whom only the entries name."""
        own = (replace(one, nationality="") if at in self.lent else one for at, one in enumerate(people[: self.own]))
        return tuple(own)
