"""What is wrong with rules, in the language of whoever reads."""

from django.utils.translation import gettext

from standings.scoring.mistakes import SENTENCES, Mistake, RulesError


def in_words(error: RulesError) -> str:
    """Give the sentence of a mistake in rules in the language of the moment; keys and words of the rules stay as they are."""
    if error.code is Mistake.BROKEN_FILE and isinstance(error.__cause__, RulesError):
        return gettext(SENTENCES[error.code]) % {"key": error.key, "told": in_words(error.__cause__)}
    return gettext(SENTENCES[error.code]) % {"key": error.key, **error.details}
