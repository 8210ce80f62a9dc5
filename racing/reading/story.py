"""The text as recognisers see it: scenes, one a sentence, cut into clauses of typed mentions, with who is spoken of.

A scene knows its race and its session (see `scopes`), and who a pronoun in it means.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from racing.reading.facts import Span
from racing.reading.gazetteer import Gazetteer, Spot
from racing.reading.layout import Sentence
from racing.reading.lexicon import Lexicon
from racing.reading.mentions import Mention, signs
from racing.reading.people import Cast

if TYPE_CHECKING:
    from racing.reading.learned.acquaintance import Acquaintance


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence with one statement. `before` are the mentions of the same sentence that stand before it."""

    mentions: tuple[Mention, ...]
    signs: str
    before: tuple[Mention, ...] = ()

    @property
    def span(self) -> Span:
        return Span(self.mentions[0].start, self.mentions[-1].end)


@dataclass(slots=True)
class Scene:
    """A sentence. `session` is "race", "qualifying", "championship", "next" or "past"; `race` None where unknown.

    `heading_class` is the class under whose heading it stands, `unknown_class` says that it is one that nobody knows;
    `last_class` is the class that its paragraph named last before it; `subjects` are the people whom "he" or "she" may mean.
    """

    sentence: Sentence
    mentions: tuple[Mention, ...]
    clauses: tuple[Clause, ...]
    race: int | None = None
    session: str = "race"
    heading_class: str = ""
    unknown_class: bool = False
    last_class: str = ""
    subjects: tuple[int, ...] = ()
    inherited_class: str = ""
    speaker: tuple[int, ...] = ()
    signs: str = field(init=False)

    def __post_init__(self) -> None:
        """Give the scene the signs of its mentions, which do not change."""
        self.signs = signs(self.mentions)


@dataclass(slots=True)
class Story:
    """A whole text, ready to be read. `flat` is the folded text with blanks for hyphens, as tables of names are looked up."""

    text: str
    folded: str
    lexicon: Lexicon
    cast: Cast
    scenes: list[Scene] = field(default_factory=list)
    numbers: dict[str, tuple[int, ...]] = field(default_factory=dict)
    met: "Acquaintance | None" = None
    flat: str = field(init=False)
    _spots: dict[Gazetteer, tuple[Spot, ...]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Keep what every look into a table of names needs."""
        self.flat = self.folded.replace("-", " ")

    def spots(self, table: Gazetteer) -> tuple[Spot, ...]:
        """Give where the text names what a table has; each table is looked up once."""
        if table not in self._spots:
            self._spots[table] = tuple(table.spots(self.text, self.flat))
        return self._spots[table]

    def told(self) -> Iterator[Scene]:
        """Give the scenes that the writer tells himself, each once."""
        return (scene for scene in self.scenes if not scene.sentence.quoted and not scene.sentence.repeated)

    def spoken(self) -> Iterator[Scene]:
        """Give the scenes in which somebody speaks whom the text names, each once."""
        return (
            scene for scene in self.scenes if scene.sentence.quoted and scene.speaker and not scene.sentence.repeated
        )


def clauses_of(mentions: tuple[Mention, ...]) -> tuple[Clause, ...]:
    """Cut a sentence's mentions into clauses at conjunctions and semicolons."""
    found: list[Clause] = []
    start = 0
    for at, mention in enumerate((*mentions, None)):
        if mention is None or mention.kind in ("break", "semicolon"):
            piece = mentions[start:at]
            if piece:
                found.append(Clause(piece, signs(piece), mentions[:start]))
            start = at + 1
    return tuple(found)


def who_is_meant(story: Story, mention: Mention, scene: Scene) -> tuple[int, ...]:
    """Give the people of a mention: of a name, of a pronoun, of a car with a number; () where nobody is known."""
    if mention.crew:
        return mention.crew
    if mention.kind == "person":
        if len(mention.who) == 1:
            return mention.who
        return _nearest(story, mention)
    if mention.kind == "pronoun":
        return _by_pronoun(story, mention, scene)
    if mention.kind == "car":
        return story.numbers.get(mention.value, ())
    return ()


def _by_pronoun(story: Story, mention: Mention, scene: Scene) -> tuple[int, ...]:
    """Give whom "il" or "le Belge" means: a subject earlier in the sentence, else that of the sentence before."""
    earlier = [m for m in scene.mentions if m.kind == "person" and m.start < mention.start]
    own = [m for m in earlier if _is_subject(scene, m)]
    if earlier and not mention.value.startswith(("last", "nation", "team")):
        return who_is_meant(story, (own or earlier)[-1], scene)
    if earlier and mention.value == "last":
        return who_is_meant(story, earlier[-1], scene)
    kind, _, value = mention.value.partition(":")
    if kind in ("nation", "team"):
        fits = [n for n, person in enumerate(story.cast.people) if value in (person.nationality, person.team)]
        if len(fits) == 1:
            return (fits[0],)
        named = who_is_meant(story, earlier[-1], scene) if earlier else ()
        if len(named) == 1 and story.cast.people[named[0]].nationality in ("", value) and kind == "nation":
            return named
        known = [story.cast.people[n] for n in scene.subjects]
        if any(getattr(person, "nationality" if kind == "nation" else "team") not in ("", value) for person in known):
            return ()
    return scene.subjects


#: A name behind one of these kinds, or first in its sentence, does something; behind others it is an object.
_BEFORE_SUBJECT = frozenset(
    ("comma", "and", "colon", "dash", "break", "nationality", "class", "race", "day", "flag", "interim", "copula",
     "driver_word",      "series_order", "championship", "crew_word", "semicolon", "article", "that", "hors_classement")
)  # fmt: skip


def _is_subject(scene: Scene, mention: Mention) -> bool:
    """Tell whether a person stands where subjects stand."""
    at = scene.mentions.index(mention)
    return is_subject_at(scene.mentions, at)


def is_subject_at(mentions: Sequence[Mention], at: int) -> bool:
    """Tell whether the person at `at` stands where subjects stand: first, behind a mark, or behind a conjunction."""
    if at == 0 or mentions[at].kind == "pronoun":
        return True
    before = mentions[at - 1]
    return before.kind in _BEFORE_SUBJECT or before.value == "team"


def _nearest(story: Story, mention: Mention) -> tuple[int, ...]:
    """Of several people of one surname take the one named last before."""
    last: tuple[int, int] = (-1, -1)
    for number in mention.who:
        before = [span.start for span in story.cast.people[number].mentions if span.start < mention.start]
        if before:
            last = max(last, (before[-1], number))
    return (last[1],) if last[1] >= 0 else ()


def set_subjects(scenes: Sequence[Scene], story: Story) -> None:
    """Tell each scene whom a pronoun in it means: the first person of the sentence before, in the same paragraph."""
    before: Scene | None = None
    for scene in scenes:
        if scene.sentence.quoted or scene.sentence.repeated or scene.sentence.heading:
            continue
        if before is not None and scene.sentence.paragraph - before.sentence.paragraph <= 2:
            scene.subjects = _subject(before, story, scene)
            if "H" in scene.signs[:3]:
                scene.inherited_class = next(
                    (m.value for m in before.mentions if m.kind == "class"), before.inherited_class
                )
        if scene.mentions:
            before = scene


def set_speakers(scenes: Sequence[Scene]) -> None:
    """Tell each quoted scene who speaks, where the paragraph begins with his name and a colon."""
    speaker: tuple[int, ...] = ()
    paragraph = -1
    for scene in scenes:
        if scene.sentence.paragraph != paragraph:
            first = scene.mentions[0] if scene.mentions else None
            colon = any(mention.kind == "colon" for mention in scene.mentions[:8])
            speaker = first.who if first and first.kind == "person" and colon and len(first.who) == 1 else ()
            paragraph = scene.sentence.paragraph
        scene.speaker = speaker if scene.sentence.quoted else ()


def _subject(before: Scene, story: Story, scene: Scene) -> tuple[int, ...]:
    people = [m for m in before.mentions if m.kind in ("person", "pronoun")]
    if not people:
        return before.subjects if before.sentence.paragraph == scene.sentence.paragraph else ()
    if any(m.kind == "pronoun" and m.value == "last" for m in scene.mentions[:3]):
        return who_is_meant(story, people[-1], before)
    turn = next((m.start for m in before.mentions if m.kind in ("ahead", "behind", "beside")), None)
    people = [m for m in people if turn is None or m.start < turn] or people
    people = [m for m in people if _is_subject(before, m)] or people
    return who_is_meant(story, people[0], before)
