"""Why somebody was found among a season's entries, or nobody was, in the reader's language.

The reasons are those of `racing.matching`, which is plain and knows no language but its own.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS = {
    "full name": gettext_lazy("full name"),
    "surname": gettext_lazy("surname"),
    "part of the name": gettext_lazy("part of the name"),
    "close spelling": gettext_lazy("close spelling"),
    "number": gettext_lazy("number"),
    "team": gettext_lazy("team"),
    "class": gettext_lazy("class"),
    "nobody of that name": gettext_lazy("nobody of that name"),
    "nobody of that number": gettext_lazy("nobody of that number"),
    "nobody of that close spelling": gettext_lazy("nobody of that close spelling"),
}


def reason_words(why: str) -> str:
    """Give the words for a reason such as "surname and number"; what is no reason of the matching stays as it is."""
    return _(" and ").join(str(WORDS.get(part, part)) for part in why.split(" and "))
