"""Reports of our own writing, read by hand: each sentence becomes a fact with its span; the race is still to be settled.

So the pages show what they would show of a real report, without the reader's having a say in it.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from racing.models import Entry, Fact, FactEntry, Race, ReadingJob, ReadingRecord, Report, Season
from racing.pipeline import settle_races
from racing.terms import OVERALL, FactKind, JobState, Match


class Teller:
    """Writes one report sentence by sentence, and keeps what each sentence states."""

    def __init__(self, season: Season, race: Race, name: str) -> None:
        self.season, self.race, self.name = season, race, name
        self.sentences: list[str] = []
        self.told: list[tuple[FactKind, dict[str, object], Entry | None]] = []

    def say(self, sentence: str, kind: FactKind, entry: Entry | None, **fields: object) -> None:
        """Add a sentence that states one fact about one car."""
        self.sentences.append(sentence)
        self.told.append((kind, fields, entry))

    def publish(self) -> Report:
        """Store the report as read, with its facts matched. The race is still to be settled."""
        text = " ".join(self.sentences)
        report = Report.objects.create(
            sha256=f"{Report.objects.count() + 1:064x}", name=self.name, size=len(text), format="txt", text=text
        )
        ReadingRecord.objects.create(
            report=report, reader_version="by hand", language="fr", season=self.season, event=self.race.event
        )
        now = timezone.now()
        ReadingJob.objects.create(report=report, state=JobState.DONE, asked_at=now, finished_at=now)
        start = 0
        for order, (sentence, (kind, fields, entry)) in enumerate(zip(self.sentences, self.told, strict=True)):
            fact = Fact.objects.create(
                report=report,
                order=order,
                kind=kind,
                race=self.race,
                race_number=self.race.number,
                spans=[[start, start + len(sentence)]],
                drivers=[member.driver.last_name for member in entry.crew.all()] if entry else [],
                **fields,
            )
            if entry:
                FactEntry.objects.create(fact=fact, season=entry.season, entry=entry, match=Match.MATCHED)
            start += len(sentence) + 1
        return report


def settle(*races: Race) -> None:
    """Settle races, and have their tables scored."""
    with transaction.atomic():
        settle_races(races)


def name_of(entry: Entry) -> str:
    """Name a crew as a report would."""
    return " et ".join(member.driver.last_name for member in entry.crew.all())


def tell_race(
    season: Season,
    race: Race,
    order: Sequence[Entry | None],
    *,
    name: str = "",
    ranking: str = OVERALL,
    pole: Entry | None = None,
    fastest: Entry | None = None,
    out: Sequence[Entry] = (),
    classes: Mapping[str, Entry] | None = None,
    penalised: Entry | None = None,
) -> Report:
    """Tell a race from the first on; None leaves a place untold. Gives the report."""
    teller = Teller(season, race, name or f"{race.event.slug}-{race.number}.txt")
    for position, entry in enumerate(order, 1):
        if entry:
            words = f"À l’arrivée, la {position}e place revient à {name_of(entry)}."
            teller.say(words, FactKind.FINISH, entry, ranking=ranking, position=position)
    for racing_class, entry in (classes or {}).items():
        words = f"Chez les {racing_class}, {name_of(entry)} s’impose."
        teller.say(words, FactKind.FINISH, entry, ranking=racing_class, position=1)
    if pole:
        words = f"{name_of(pole)} s’élançait de la pole position."
        teller.say(words, FactKind.QUALIFYING, pole, ranking=OVERALL, position=1)
    if fastest:
        words = f"Le tour le plus rapide est l’œuvre de {name_of(fastest)}."
        teller.say(words, FactKind.FASTEST_LAP, fastest, ranking=OVERALL)
    for entry in out:
        teller.say(f"{name_of(entry)} doit renoncer dans le bac à graviers.", FactKind.RETIREMENT, entry)
    if penalised:
        words = f"{name_of(penalised)} écope de cinq secondes."
        teller.say(words, FactKind.PENALTY, penalised, data={"text": "5 s"})
    return teller.publish()
