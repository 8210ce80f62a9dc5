"""Names in rules that nothing of a season answers to: mistyped perhaps, or said before the season knows of them.

They are no mistakes, since the figures and words of races, cars and drivers are whatever somebody enters: who edits the rules
is told of them, with the nearest name that the season has.
"""

from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from racing.models import CrewMember, EntryMark, Race, Season
from racing.terms import Mark, Status
from standings.scoring import Rules
from standings.scoring.values import nearest
from standings.session_kinds import RACE

#: Figures of a race that have fields of their own, or follow from the race itself.
FIGURES = ("round", "starters", "share_run", "hours")
#: So alike must a known name be to be the one that was meant.
ALIKE = 0.6


class Asked(StrEnum):
    """Of what the rules ask for something by a name."""

    FIGURE = "figure"
    RACE_WORD = "race_word"
    KIND = "kind"
    CLASS = "class"
    CAR_WORD = "car_word"
    DRIVER_WORD = "driver_word"


SENTENCES = {
    Asked.FIGURE: gettext_lazy("No race of this season has a figure “%(name)s”."),
    Asked.RACE_WORD: gettext_lazy("No race of this season has the mark “%(name)s”."),
    Asked.KIND: gettext_lazy("No scale is called “%(name)s”, so that no race is of that kind."),
    Asked.CLASS: gettext_lazy("This season has no class “%(name)s”."),
    Asked.CAR_WORD: gettext_lazy("No car of this season has the mark “%(name)s”."),
    Asked.DRIVER_WORD: gettext_lazy("No driver of this season has the word “%(name)s”."),
}


@dataclass(frozen=True, slots=True)
class Unmet:
    """A name that nothing answers to, and the known one that may have been meant (empty: none is like it)."""

    asked: Asked
    name: str
    meant: str

    @property
    def words(self) -> str:
        """The sentence that says so, in the language of the moment."""
        told = str(SENTENCES[self.asked]) % {"name": self.name}
        return f"{told} {_('Did you mean “%(name)s”?') % {'name': self.meant}}" if self.meant else told


def unmet_names(rules: Rules, season: Season) -> tuple[Unmet, ...]:
    """Give the names in rules and their changes that nothing of a season answers to, each once.

    Of what the season has none of at all, no races or no cars, nothing is told yet.
    """
    asked = {one: frozenset[str]().union(*named) for one, named in _asked_by(rules).items()}
    found: list[Unmet] = []
    for one, names in asked.items():
        known = _known(one, rules, season) if names else None
        if known is not None:
            found += [Unmet(one, name, _meant(name, known)) for name in sorted(names - known)]
    return tuple(found)


def _meant(name: str, known: Collection[str]) -> str:
    """Give the known name that is most like another, where one is like it at all."""
    near = nearest(name, sorted(known)) if known else ""
    return near if SequenceMatcher(None, name.casefold(), near.casefold()).ratio() >= ALIKE else ""


def _asked_by(rules: Rules) -> dict[Asked, list[Set[str]]]:
    """Give the names that rules and their changes ask for."""
    found: dict[Asked, list[Set[str]]] = {one: [] for one in Asked}
    for held in (rules, *(change.rules for change in rules.changes)):
        for one, names in _named_in(held):
            found[one].append(names)
    return found


def _named_in(rules: Rules) -> Iterator[tuple[Asked, Set[str]]]:
    for asked in (rules.filter, rules.eligible):
        yield Asked.CLASS, asked.classes
        yield Asked.CAR_WORD, asked.tags
        yield Asked.DRIVER_WORD, asked.drivers
    yield Asked.RACE_WORD, rules.not_droppable - frozenset(Status)
    kinds = {bonus.session for bonus in rules.bonuses} | {
        session for step in rules.tiebreak for session in step.sessions
    }
    if rules.scale_by is not None:
        yield Asked.FIGURE, {rules.scale_by.attribute}
        kinds.add(rules.scale_by.session)
    yield Asked.KIND, {kind for kind in kinds | rules.listed_in if kind is not None}


def _known(asked: Asked, rules: Rules, season: Season) -> Set[str] | None:
    """Give the names of a kind that a season has; None where there is nothing yet that could have any."""
    if asked is Asked.KIND:
        given = season.championships.values_list("rules__scales", flat=True)
        held = (rules, *(change.rules for change in rules.changes))
        return {RACE}.union(*(one.scales for one in held), *(scales for scales in given if isinstance(scales, dict)))
    if asked in (Asked.FIGURE, Asked.RACE_WORD):
        races = list(Race.objects.filter(event__rounds__season=season))
        told = (race.attributes if asked is Asked.FIGURE else race.words for race in races)
        return set(FIGURES if asked is Asked.FIGURE else ()).union(*told) if races else None
    if not season.entries.exists():
        return None
    if asked is Asked.CLASS:
        return set(season.classes.values_list("name", flat=True))
    if asked is Asked.CAR_WORD:
        return set(EntryMark.objects.filter(entry__season=season, kind=Mark.TAG).values_list("tag", flat=True))
    drivers = CrewMember.objects.filter(entry__season=season).values_list("flags", "driver__nationality")
    return {part.strip() for told in drivers.distinct() for text in told for part in text.split(",")} - {""}
