"""A result that a person enters by hand out of a report: what a sentence suggests, and the corrections that come of it.

What is suggested is a proposal in a form, never a fact: the person who looks at the sentence decides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from racing import pipeline
from racing.corrections import STATUS, Change, Proof, Value, correct_many
from racing.models import Correction, Entry, Event, Fact, Race, RacingClass, ReadingRecord, Report, Result, Season
from racing.models.reports import RANKINGS
from racing.models.results import CONTESTS
from racing.names import fold
from racing.place_words import place_words
from racing.reading.folding import fold as fold_letters
from racing.reading.lexicon import languages, lexicon
from racing.settled import TAKING_PART
from racing.terms import OVERALL, TRACK, Contest

#: "P3", "3e", "3rd", "3.": a number alone may be a car's.
_WRITTEN = re.compile(r"\bP ?(\d{1,2})\b|\b(\d{1,2}) ?(?:er|ère|re|e|ème|eme|º|ª|°|st|nd|rd|th|\.)(?!\w)", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of a report, by their place in its text; `start` = `end` where a result is entered without any."""

    report: Report
    start: int = 0
    end: int = 0

    @property
    def quote(self) -> str:
        """The words."""
        return self.report.text[self.start : self.end]

    @property
    def source(self) -> str:
        """The report, and where in it the words stand."""
        where = place_words(self.report.page_map.at(self.start)) if self.quote else ""
        return f"{self.report}, {where}" if where else str(self.report)

    @property
    def reason(self) -> str:
        """The words and their source, as the reason of a correction: as much as that may hold."""
        longest = Correction._meta.get_field("reason").max_length or 0
        quote = " ".join(self.quote.split())
        if not quote:
            return self.source[:longest]
        room = max(0, longest - len(self.source) - len("« … » ()"))
        return f"« {quote if len(quote) <= room else quote[:room].rstrip() + '…'} » ({self.source})"[:longest]

    @property
    def proof(self) -> Proof:
        """What a correction keeps of it."""
        return Proof(self.report, (self.start, self.end) if self.quote else None)


@dataclass(frozen=True, slots=True)
class Entered:
    """What a person enters of one car in one race; what is None or "" is not told."""

    race: int
    entry: Entry
    contest: Contest
    ranking: str
    position: int | None = None
    status: str = ""
    reason: str = ""


def sentence_at(report: Report, place: str) -> Sentence:
    """Give the words at "12-90" of a report's text; none where that is no place in it."""
    found = re.fullmatch(r"([0-9]{1,8})-([0-9]{1,8})", place)
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    return Sentence(report, start, end) if start < end <= len(report.text) else Sentence(report)


def named_in(quote: str, entries: Sequence[Entry]) -> list[Entry]:
    """Give the entries of whose drivers the words name the surname, in their order there."""
    words = f" {fold(quote)} "
    found: list[tuple[int, int, Entry]] = []
    for entry in entries:
        places = [words.find(f" {fold(member.driver.last_name)} ") for member in entry.crew.all()]
        if told := [at for at in places if at >= 0]:
            whole = any(f" {fold(str(member.driver))} " in words for member in entry.crew.all())
            found.append((min(told), 0 if whole else 1, entry))
    return [entry for _at, _whole, entry in sorted(found, key=lambda row: (*row[:2], row[2].pk))]


def position_in(quote: str, language: str) -> int | None:
    """Give the first place that the words tell, as an ordinal in figures or in the language's words."""
    found = [(match.start(), int(match[1] or match[2])) for match in _WRITTEN.finditer(quote)]
    ordinals = lexicon(language).ordinals if language in languages() else {}
    words = _WORD.finditer(fold_letters(quote))
    found += [(word.start(), ordinals[word[0]]) for word in words if word[0] in ordinals]
    return next((place for _at, place in sorted(found) if place), None)


def entries_of(record: ReadingRecord) -> list[Entry]:
    """Give the cars that may be meant: those of every season of the report's meeting, its own first."""
    seasons = {record.season_id, *record.event.rounds.values_list("season_id", flat=True)} if record.event else set()
    rows = Entry.objects.filter(season__in=seasons).select_related("team", "season__series")
    entries = rows.prefetch_related("crew__driver")
    return sorted(entries, key=lambda row: (row.season_id != record.season_id, row.season_id, str(row)))


def races_of(event: Event) -> list[tuple[int, str]]:
    """Give the numbers of a meeting's races with their names, and the next one that could be told of."""
    races = list(event.races.order_by("number"))
    following = max((race.number for race in races), default=0) + 1
    new = _("Race %(number)d") % {"number": following}
    return [*((race.number, race.label) for race in races), (following, _("%(race)s (new)") % {"race": new})]


def race_before(record: ReadingRecord, offset: int) -> int | None:
    """Give the race that the report told of last before a place in its text, else the first that it tells of."""
    facts = Fact.objects.filter(report=record.report_id, race__event=record.event).select_related("race")
    told = sorted((fact.spans[0][0], fact.race.number) for fact in facts if fact.spans and fact.race)
    before = [number for start, number in told if start <= offset]
    return before[-1] if before else next((number for _start, number in told), None)


def rankings_of(seasons: Sequence[Season]) -> list[tuple[str, str]]:
    """Give what may be entered of a car: each contest and ranking, as a correction's field names it, in words."""
    classes = dict.fromkeys(RacingClass.objects.filter(season__in=seasons).values_list("name", flat=True))
    found = [(Contest.RACE, ranking) for ranking in (OVERALL, TRACK, *classes)]
    found += [
        (contest, ranking) for contest in (Contest.QUALIFYING, Contest.FASTEST_LAP) for ranking in (OVERALL, *classes)
    ]
    contests = dict(CONTESTS)
    return [(f"{contest}:{rank}", f"{contests[contest]}, {RANKINGS.get(rank, rank)}") for contest, rank in found]


def enter(sentence: Sentence, event: Event, entered: Entered, author: AbstractBaseUser) -> list[Correction]:
    """Keep what a person enters: the race is made if nobody told of it. Gives the corrections that are new.

    Raises ValidationError with sentences for the editor; then nothing is kept.
    """
    with transaction.atomic():
        pipeline.lock_all()
        race, _made = Race.objects.get_or_create(event=event, number=entered.race)
        there = Result.objects.filter(race=race, entry=entered.entry).exists()
        changes = [] if there else [Change(entered.entry, TAKING_PART, True)]
        told: list[tuple[str, Value]] = [(STATUS, entered.status)] if entered.status else []
        if entered.position is not None:
            told.insert(0, (f"{entered.contest}:{entered.ranking}", entered.position))
        changes += [Change(entered.entry, field, value) for field, value in told]
        return correct_many(race, changes, entered.reason, author, sentence.proof)
