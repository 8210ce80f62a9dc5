"""What can be wrong with rules: a code for each mistake, and its sentence in English, which the catalogues translate.

This room knows no Django: `gettext_noop` only marks the sentences for the translators, `standings.rule_mistakes` says them in
the language of whoever reads.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

#: The key of the rules themselves.
WHOLE = "rules"

Given = ParamSpec("Given")
Read = TypeVar("Read")


def gettext_noop(words: str) -> str:
    """Mark words for the catalogues."""
    return words


class Mistake(StrEnum):
    """A kind of mistake in rules."""

    UNKNOWN_KEY = "unknown_key"
    UNKNOWN_KEY_IN = "unknown_key_in"
    NOT_ONE_OF = "not_one_of"
    NEARLY_ONE_OF = "nearly_one_of"
    NOT_A_TABLE = "not_a_table"
    NOT_A_LIST = "not_a_list"
    NOT_TEXT = "not_text"
    NOT_A_FLAG = "not_a_flag"
    NOT_A_NUMBER = "not_a_number"
    NOT_POINTS = "not_points"
    UNREADABLE_POINTS = "unreadable_points"
    BELOW_ZERO = "below_zero"
    NO_SCALES = "no_scales"
    NO_SUCH_SCALE = "no_such_scale"
    LEFT_EMPTY = "left_empty"
    NOT_A_THRESHOLD = "not_a_threshold"
    NOT_A_STEP = "not_a_step"
    STEPS_OUT_OF_ORDER = "steps_out_of_order"
    NOT_A_PAIR = "not_a_pair"
    NOT_A_DRIVE = "not_a_drive"
    INELIGIBLE_BONUS = "ineligible_bonus"
    BONUS_SCALE = "bonus_scale"
    BEST_OR_DROP = "best_or_drop"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    NOTHING_TO_CARRY_TO = "nothing_to_carry_to"
    ONE_STEP_AT_A_TIME = "one_step_at_a_time"
    NEEDS = "needs"
    NOT_OF_THIS_KIND = "not_of_this_kind"
    NEEDS_A_REASON = "needs_a_reason"
    CHANGES_IN_A_CHANGE = "changes_in_a_change"
    DROPPED_TWICE = "dropped_twice"
    NO_MEETINGS = "no_meetings"
    BEYOND_REASON = "beyond_reason"
    NOT_TOML = "not_toml"
    UNCLEAR_COMMAS = "unclear_commas"
    NOT_PAIRS = "not_pairs"
    SAID_TWICE = "said_twice"
    GIVEN_TWICE = "given_twice"
    NOTHING_ROUNDED = "nothing_rounded"
    NOT_BY_SESSIONS = "not_by_sessions"
    NOT_UNDONE = "not_undone"
    BROKEN_FILE = "broken_file"
    MISSING_IN_FILE = "missing_in_file"


#: The sentences; `key` is where the mistake is, the other values what was given and what is known.
SENTENCES: Mapping[Mistake, str] = {
    Mistake.UNKNOWN_KEY: gettext_noop('Unknown key "%(given)s" in the rules; did you mean "%(nearest)s"?'),
    Mistake.UNKNOWN_KEY_IN: gettext_noop('Unknown key "%(given)s" in %(key)s; did you mean "%(nearest)s"?'),
    Mistake.NOT_ONE_OF: gettext_noop('"%(key)s" must be one of %(known)s, not %(given)s.'),
    Mistake.NEARLY_ONE_OF: gettext_noop(
        '"%(key)s" must be one of %(known)s, not %(given)s; did you mean "%(nearest)s"?'
    ),
    Mistake.NOT_A_TABLE: gettext_noop('"%(key)s" must be a table of keys and values, not %(given)s.'),
    Mistake.NOT_A_LIST: gettext_noop('"%(key)s" must be a list, not %(given)s.'),
    Mistake.NOT_TEXT: gettext_noop('"%(key)s" must be text, not %(given)s.'),
    Mistake.NOT_A_FLAG: gettext_noop('"%(key)s" must be true or false, not %(given)s.'),
    Mistake.NOT_A_NUMBER: gettext_noop('"%(key)s" must be a whole number, not %(given)s.'),
    Mistake.NOT_POINTS: gettext_noop('"%(key)s" must be a number of points, not %(given)s.'),
    Mistake.UNREADABLE_POINTS: gettext_noop(
        '"%(key)s" must be a number of points such as 12, 12.5 or "1/3", not %(given)s.'
    ),
    Mistake.BELOW_ZERO: gettext_noop('"%(key)s" must not be less than zero: points are taken away by "adjustments".'),
    Mistake.NO_SCALES: gettext_noop('The rules say nothing of points: "scales" is missing.'),
    Mistake.NO_SUCH_SCALE: gettext_noop('"%(key)s": there is no scale "%(given)s"; did you mean "%(nearest)s"?'),
    Mistake.LEFT_EMPTY: gettext_noop('"%(key)s" must not be left empty.'),
    Mistake.NOT_A_THRESHOLD: gettext_noop(
        '"%(key)s" must be a number from 0 on such as 6, 0.25, 1/4 or 25 %%, not %(given)s.'
    ),
    Mistake.NOT_A_STEP: gettext_noop('"%(key)s" must be pairs of a number and the name of a scale, not %(given)s.'),
    Mistake.STEPS_OUT_OF_ORDER: gettext_noop('"%(key)s" must begin after the step before it.'),
    Mistake.NOT_A_PAIR: gettext_noop('"%(key)s" must be pairs of numbers such as [4, 1], not %(given)s.'),
    Mistake.NOT_A_DRIVE: gettext_noop(
        '"%(key)s" must be minutes such as "25 min" or a share such as 0.25, not %(given)s.'
    ),
    Mistake.INELIGIBLE_BONUS: gettext_noop('"%(key)s" cannot be false: who may not be paid gets no bonus.'),
    Mistake.BONUS_SCALE: gettext_noop('"%(key)s" is for qualifying_position and stage_position, instead of "points".'),
    Mistake.BEST_OR_DROP: gettext_noop('"%(key)s" needs either "best" or "drop".'),
    Mistake.ENDS_BEFORE_IT_BEGINS: gettext_noop('"%(key)s" ends before it begins.'),
    Mistake.NOTHING_TO_CARRY_TO: gettext_noop(
        '"%(key)s" carries points, but "set_points" does not say what to add them to.'
    ),
    Mistake.ONE_STEP_AT_A_TIME: gettext_noop('"%(key)s" needs one step at a time, not %(given)s.'),
    Mistake.NEEDS: gettext_noop('"%(key)s" needs "%(needed)s".'),
    Mistake.NOT_OF_THIS_KIND: gettext_noop(
        '"%(key)s" has no effect: a decision of the kind "%(kind)s" takes %(known)s.'
    ),
    Mistake.NEEDS_A_REASON: gettext_noop('"%(key)s" needs a "reason".'),
    Mistake.CHANGES_IN_A_CHANGE: gettext_noop('"%(key)s" cannot hold "changes" of its own.'),
    Mistake.DROPPED_TWICE: gettext_noop(
        '"segments" and "drop_schedule" both say what is dropped: only one of them can hold.'
    ),
    Mistake.NO_MEETINGS: gettext_noop(
        '"%(key)s" says of what the score of a meeting is made: it needs "unit" to be "round".'
    ),
    Mistake.BEYOND_REASON: gettext_noop('"%(key)s" is larger or finer than points ever are: %(given)s.'),
    Mistake.NOT_TOML: gettext_noop("Line %(line)s cannot be read as TOML, from its character %(column)s on."),
    Mistake.UNCLEAR_COMMAS: gettext_noop(
        '"%(key)s": a comma may part two numbers or begin a decimal. Write 12.5 with a full stop, and a space after a comma.'
    ),
    Mistake.NOT_PAIRS: gettext_noop('"%(key)s" must be pairs such as "5: 2, 8: 1/2", not %(given)s.'),
    Mistake.SAID_TWICE: gettext_noop(
        '"%(key)s" is said by the fields above and again in the text: only one of them can hold.'
    ),
    Mistake.GIVEN_TWICE: gettext_noop('"%(key)s" is given twice: take one of them out.'),
    Mistake.NOTHING_ROUNDED: gettext_noop(
        '"%(key)s" says how finely to round, but nothing is rounded: leave it empty, or choose how to round.'
    ),
    Mistake.NOT_BY_SESSIONS: gettext_noop(
        '"%(key)s" names sessions in which one must be classified, but the table does not list who was classified: leave it '
        "empty, or choose otherwise who stands in the table."
    ),
    Mistake.NOT_UNDONE: gettext_noop(
        '"%(key)s" cannot be taken away in mid-season: the rules have no word for its absence.'
    ),
    Mistake.BROKEN_FILE: gettext_noop("Rulebook %(key)s: %(told)s"),
    Mistake.MISSING_IN_FILE: gettext_noop('Rulebook %(key)s: "%(needed)s" is missing.'),
}


class RulesError(ValueError):
    """Rules that cannot be followed: `code` says how, `key` where, `details` what was given and what is known.

    As text it is the sentence in English, which names the key for the person who wrote the rules. `others` are mistakes that
    were found besides, each by itself: `every` gives all of them.
    """

    def __init__(self, code: Mistake, key: str = "", **details: str) -> None:
        """Say what is wrong; `details` are what the sentence of the code names besides the key."""
        super().__init__(code, key, details)
        self.code = code
        self.key = key
        self.details = details
        self.others: tuple[RulesError, ...] = ()

    @property
    def every(self) -> tuple["RulesError", ...]:
        """This mistake and those found besides."""
        return (self, *self.others)

    def within(self, key: str) -> "RulesError":
        """Give the mistake as one in rules that stand under a key of others."""
        return RulesError(self.code, key if self.key == WHOLE else f"{key}.{self.key}", **self.details)

    def __str__(self) -> str:
        return SENTENCES[self.code] % {"key": self.key, **self.details}


class Gathered:
    """Mistakes gathered one after the other, so that a person learns of all at once: `with gathered:` for each thing read."""

    def __init__(self) -> None:
        self.found: list[RulesError] = []

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Keep a mistake, and go on behind it."""
        if isinstance(error, RulesError):
            self.found += error.every
            return True
        return False

    def read(self, otherwise: Any, how: Callable[Given, Read], *args: Given.args, **kwargs: Given.kwargs) -> Any:
        """Read something; where that is a mistake keep it, and give what stands in its place until all are told."""
        with self:
            return how(*args, **kwargs)
        return otherwise

    def take_over(self, found: Iterable[RulesError], key: str) -> None:
        """Gather mistakes that were found in rules that stand under a key."""
        self.found += [one.within(key) for one in found]

    def end(self) -> None:
        """Raise what was gathered, if anything was, as the first mistake with the others."""
        if self.found:
            first, *others = self.found
            first.others = tuple(others)
            raise first
