"""From a text to what it states: `read` is the table of contents.

Problems that are listed, by code:
- "no_text": there is nothing to read;
- "unknown_language": no file of words fits the text; `detail` is the language where it is recognised;
- "no_results": no result was found;
- "not_understood": a sentence has a driver and a place and gave no fact; `span` is the sentence.
"""

from collections import Counter
from collections.abc import Iterator

from racing.reading.crews import has_crews, join_crews, known_pairs
from racing.reading.facts import Fact, Problem, Reading
from racing.reading.folding import fold
from racing.reading.heading import heading_of
from racing.reading.layout import sentences
from racing.reading.learned.network import trained_net
from racing.reading.learned.scopes import settle_scopes
from racing.reading.lexicon import Lexicon, languages, lexicon, strangers, words_of
from racing.reading.people import find_cast
from racing.reading.portraits import describe, portray
from racing.reading.recognisers import RECOGNISERS
from racing.reading.recognisers.claims import spoken_claims
from racing.reading.resolve import resolve
from racing.reading.scanning import mentions_of
from racing.reading.scopes import set_scopes
from racing.reading.sheets import with_tables
from racing.reading.story import Scene, Story, clauses_of, set_speakers, set_subjects
from racing.terms import FactKind

#: A text needs this share of small words of its language.
_ENOUGH = 0.12


@with_tables
def read(text: str) -> Reading:
    """Read a report: facts with their evidence, people, heading and problems. Any text is accepted; nothing is raised."""
    if not text.strip():
        return Reading(problems=(Problem("no_text"),))
    language, readable = language_of(text)
    if not readable:
        return Reading(language=language, problems=(Problem("unknown_language", detail=language),))
    story = tell(text, lexicon(language))
    settle_scopes(story, trained_net().look(story))
    candidates = [found for scene in story.told() for recognise in RECOGNISERS for found in recognise(story, scene)]
    candidates += [found for scene in story.spoken() for found in spoken_claims(story, scene)]
    facts = resolve(story, candidates)
    people = portray(story, facts)
    return Reading(language, heading_of(story, facts), facts, people, tuple(_problems(story, facts)))


def language_of(text: str) -> tuple[str, bool]:
    """Give the language by its small words, "" where none fits, and whether the reader has its words."""
    words = Counter(word for word, _, _ in words_of(fold(text[:20_000])))
    letters = sum(count for word, count in words.items() if word[0].isalpha())
    shares = {code: sum(words[word] for word in lexicon(code).stop) / max(1, letters) for code in languages()}
    shares |= {code: sum(words[word] for word in small) / max(1, letters) for code, small in strangers().items()}
    best = max(shares, key=lambda code: shares[code])
    return (best, best in languages()) if shares[best] >= _ENOUGH else ("", False)


def tell(text: str, words: Lexicon) -> Story:
    """Make a text ready for the recognisers: who is named, what stands where."""
    story = Story(text, fold(text), words, find_cast(text, words))
    cut = sentences(text, words.ordinal_nouns)
    rows = [mentions_of(text, story.folded, sentence, words, story.cast) for sentence in cut]
    describe(story, rows)
    crews, pairs = has_crews(story.folded, rows), known_pairs(rows)
    for sentence, row in zip(cut, rows, strict=True):
        mentions = join_crews(row, crews, pairs)
        story.scenes.append(Scene(sentence, mentions, clauses_of(mentions)))
    set_subjects(story.scenes, story)
    set_speakers(story.scenes)
    set_scopes(story)
    return story


def _problems(story: Story, facts: tuple[Fact, ...]) -> Iterator[Problem]:
    if not any(fact.kind is FactKind.FINISH for fact in facts):
        yield Problem("no_results")
    understood = {fact.evidence[0] for fact in facts}
    for scene in story.told():
        marks = scene.signs
        if (
            scene.session == "race"
            and "P" in marks
            and any(sign in marks for sign in "NZW")
            and scene.sentence.span not in understood
        ):
            yield Problem("not_understood", scene.sentence.span)
