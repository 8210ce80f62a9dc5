"""From a text to what it states: `read` is the table of contents.

Problems that are listed, by code:
- "no_text": there is nothing to read;
- "unknown_language": no file of words fits the text; `detail` is the language where it is recognised;
- "no_results": no result was found;
- "not_understood": a sentence has a driver and a place and gave no fact; `span` is the sentence.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from racing.reading.candidates import Candidate
from racing.reading.crews import has_crews, join_crews, known_pairs
from racing.reading.facts import Fact, Problem, Reading
from racing.reading.folding import fold
from racing.reading.heading import heading_of
from racing.reading.known import Known, Roster
from racing.reading.layout import Sentence, sentences
from racing.reading.learned.acquaintance import Acquaintance
from racing.reading.learned.answers import ORDERS, answers
from racing.reading.learned.cast import cast_of
from racing.reading.learned.championship import standings
from racing.reading.learned.classes import classes_of
from racing.reading.learned.ground import Ground
from racing.reading.learned.hearing import Hearing, judge
from racing.reading.learned.incidents import incidents
from racing.reading.learned.network import trained_net
from racing.reading.learned.pairing import join_crews as pair_up
from racing.reading.learned.scopes import settle_scopes
from racing.reading.learned.view import View
from racing.reading.lexicon import Lexicon, languages, lexicon, strangers, words_of
from racing.reading.mentions import Mention
from racing.reading.numbering import within_the_meeting
from racing.reading.people import find_cast
from racing.reading.portraits import describe, portray
from racing.reading.recognisers import RECOGNISERS
from racing.reading.recognisers.claims import spoken_claims
from racing.reading.resolve import resolve, settle
from racing.reading.roads import guests_of
from racing.reading.scanning import mentions_of
from racing.reading.scopes import set_scopes
from racing.reading.sheets import with_tables
from racing.reading.story import Scene, Story, clauses_of, set_speakers, set_subjects
from racing.terms import FactKind

#: A text needs this share of small words of its language.
_ENOUGH = 0.12


#: A longer text is no report; rules alone read it, so that reading stays linear.
LONGEST_REPORT = 60_000


def read(text: str, known: Known = ()) -> Reading:
    """Read a report: facts with their evidence, people, heading and problems. Any text is accepted; nothing is raised.

    `known` are the entries of its season, where they are at hand.
    """
    roster = Roster(known) if known else None
    return with_tables(lambda prose: _read(prose, len(prose) <= LONGEST_REPORT, roster))(text)


def read_by_rule(text: str) -> Reading:
    """Read as texts are read that are too long for a report: nothing learned has a say."""
    return _read(text, False)


def _read(text: str, learned: bool, roster: Roster | None = None) -> Reading:
    if not text.strip():
        return Reading(problems=(Problem("no_text"),))
    language, readable = language_of(text)
    if not readable:
        return Reading(language=language, problems=(Problem("unknown_language", detail=language),))
    if learned:
        story = tell(text, lexicon(language), roster)
        facts = _learned_facts(story)
    else:
        story = tell_by_rule(text, lexicon(language))
        facts = resolve(story, _all_by_rule(story))
    people = portray(story, facts)
    people = story.met.handed_back(people) if story.met else people
    return Reading(language, heading_of(story, facts), facts, people, tuple(_problems(story, facts)))


def language_of(text: str) -> tuple[str, bool]:
    """Give the language by its small words, "" where none fits, and whether the reader has its words."""
    words = Counter(word for word, _, _ in words_of(fold(text[:20_000])))
    letters = sum(count for word, count in words.items() if word[0].isalpha())
    shares = {code: sum(words[word] for word in lexicon(code).stop) / max(1, letters) for code in languages()}
    shares |= {code: sum(words[word] for word in small) / max(1, letters) for code, small in strangers().items()}
    best = max(shares, key=lambda code: shares[code])
    return (best, best in languages()) if shares[best] >= _ENOUGH else ("", False)


def tell(text: str, words: Lexicon, roster: Roster | None = None) -> Story:
    """Make a text ready for the recognisers: who is named, what stands where, as the learned layers see it."""
    story = Story(text, fold(text), words, cast_of(text, words, roster))
    story.met = met = Acquaintance(roster or Roster(()), story.cast)
    story.cast.classes = classes_of(text, story.folded, words, story.cast, met.shift_classes)
    cut, rows = _rows(story)
    rows = met.look_at(text, rows, story.numbers)
    return _staged(story, cut, pair_up(text, story.folded, rows, met.shift_pairs))


def tell_by_rule(text: str, words: Lexicon) -> Story:
    """Make a text ready for the recognisers by rules alone."""
    story = Story(text, fold(text), words, find_cast(text, words))
    cut, rows = _rows(story)
    crews, pairs = has_crews(story.folded, rows), known_pairs(rows)
    return _staged(story, cut, [join_crews(row, crews, pairs) for row in rows])


def _rows(story: Story) -> tuple[list[Sentence], list[tuple[Mention, ...]]]:
    """Give the sentences and the mentions of each."""
    cut = sentences(story.text, story.lexicon.ordinal_nouns)
    rows = within_the_meeting(
        [mentions_of(story.text, story.folded, sentence, story.lexicon, story.cast) for sentence in cut]
    )
    describe(story, rows)
    return cut, rows


def _staged(story: Story, cut: Sequence[Sentence], rows: Sequence[tuple[Mention, ...]]) -> Story:
    """Give the story its scenes."""
    for sentence, mentions in zip(cut, rows, strict=True):
        story.scenes.append(Scene(sentence, mentions, clauses_of(mentions)))
    set_subjects(story.scenes, story)
    set_speakers(story.scenes)
    set_scopes(story)
    return story


def _learned_facts(story: Story) -> tuple[Fact, ...]:
    """Give the facts of a report as the learned layers judge them; later meetings by rule, and all that is told beside the
    orders where rules and judgement agree on these: then the report is written as rules expect.
    """
    if not story.scenes:
        return ()
    outlook = trained_net().look(story)
    rules = rule_candidates(story)
    hearing = Hearing(story, rules, View.of(story, outlook))
    verdicts, scored = judge(hearing)
    settled = [found for found in settle(story, rules) if found.kind in ORDERS and found.position]
    orders, agreed = answers(story, verdicts, scored, rules, settled)
    ground = Ground(hearing)
    beside = [] if agreed else [*incidents(ground, rules), *standings(ground, rules)]
    settle_scopes(story, outlook)
    others = (found for found in _all_by_rule(story) if found.kind not in ORDERS)
    beside += [found for found in others if agreed or found.kind is FactKind.MEETING]
    return resolve(story, [*beside, *orders], guests_of(story, rules))


def _all_by_rule(story: Story) -> list[Candidate]:
    return rule_candidates(story) + [found for scene in story.spoken() for found in spoken_claims(story, scene)]


def rule_candidates(story: Story) -> list[Candidate]:
    """Give what the recognisers see in the scenes that the writer tells himself."""
    return [found for scene in story.told() for recognise in RECOGNISERS for found in recognise(story, scene)]


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
