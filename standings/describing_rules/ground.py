"""What all sentences on rules stand on: sections, names for the ids that rules hold, numbers and lists in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from racing.terms import Status
from standings.wording import show_points

#: The kinds of session that have words of their own.
SESSIONS = {
    "race": pgettext_lazy("kind of session", "race"),
    "sprint": pgettext_lazy("kind of session", "sprint"),
    "qualifying": pgettext_lazy("kind of session", "qualifying"),
    "stage": pgettext_lazy("kind of session", "stage"),
    "heat": pgettext_lazy("kind of session", "heat"),
}
SCALES = {
    "race": gettext_lazy("race scale"),
    "sprint": gettext_lazy("sprint scale"),
    "qualifying": gettext_lazy("qualifying scale"),
    "stage": gettext_lazy("stage scale"),
    "heat": gettext_lazy("heat scale"),
}
#: How a race may end for a car, as a scale or a rule on dropped scores names it.
ENDS = {
    Status.FINISHED: pgettext_lazy("of a car", "finished"),
    Status.DNF: gettext_lazy("retired"),
    Status.NC: gettext_lazy("not classified"),
    Status.DNS: gettext_lazy("did not start"),
    Status.DNQ: gettext_lazy("did not qualify"),
    Status.DSQ: gettext_lazy("disqualified"),
    Status.EX: gettext_lazy("excluded"),
    Status.WD: pgettext_lazy("of a car", "withdrawn"),
    "absent": gettext_lazy("race missed"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """Some sentences under a title; `key` names the section in all languages."""

    key: str
    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Names for the ids that decisions and changes hold; what has none is told by its number."""

    subjects: Mapping[int, str] = field(default_factory=dict)
    races: Mapping[int, str] = field(default_factory=dict)
    entries: Mapping[int, str] = field(default_factory=dict)

    def subject(self, key: int) -> str:
        """Name who collects points."""
        return self.subjects.get(key) or _("no. %(number)s") % {"number": key}

    def race(self, key: int) -> str:
        """Name a race."""
        return self.races.get(key) or _("race no. %(number)s") % {"number": key}

    def entry(self, key: int) -> str:
        """Name a car."""
        return self.entries.get(key) or _("car no. %(number)s") % {"number": key}


def quoted(name: str) -> str:
    """Set a name that somebody has given into the language's quotation marks."""
    return _("“%(name)s”") % {"name": name}


def one_of(words: Iterable[str]) -> str:
    """Join alternatives: "A, B or C"; sorted, so that it reads the same each time."""
    return _joined(sorted(words), pgettext("between alternatives", "or"))


def all_of(words: Iterable[str]) -> str:
    """Join what holds together: "A, B and C", in the order given."""
    return _joined(list(words), pgettext("between words", "and"))


def phrases(words: Iterable[str]) -> str:
    """Put phrases behind each other: "A; B"."""
    return pgettext("between phrases", "; ").join(words)


def _joined(words: list[str], last: str) -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def session_name(kind: str) -> str:
    """Name a kind of session, or a scale that is called otherwise."""
    return str(SESSIONS[kind]) if kind in SESSIONS else quoted(kind)


def scale_name(name: str) -> str:
    """Name a scale: that of a kind of session, or one that goes by a name of its own."""
    return str(SCALES[name]) if name in SCALES else _("scale %(name)s") % {"name": quoted(name)}


def end_name(status: str) -> str:
    """Name how a race ended, or that it was missed."""
    return str(ENDS.get(status, status))


def row_of(points: Iterable[Fraction]) -> str:
    """Write the points of the first place, of the second and so on."""
    return " – ".join(show_points(one) for one in points)


def show_share(share: Fraction) -> str:
    """Write a share as per cent where that is exact to a tenth, else as a fraction."""
    percent = share * 100
    if (percent * 10).denominator != 1:
        return show_points(share)
    return _("%(number)s%%") % {"number": show_points(percent)}


def rounds(numbers: Iterable[int]) -> str:
    """Name some rounds by their numbers."""
    held = sorted(numbers)
    words = ngettext("round %(numbers)s", "rounds %(numbers)s", len(held))
    return words % {"numbers": all_of(map(str, held))}
