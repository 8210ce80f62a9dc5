"""What is wrong with rules, in the language of whoever reads."""

from django.utils.translation import gettext

from standings.scoring.mistakes import SENTENCES, Mistake, RulesError


def in_words(error: RulesError, named: str = "") -> str:
    """Give the sentence of a mistake in rules in the language of the moment; keys and words of the rules stay as they are.

    `named` is what the reader knows the key by, where that is another name.
    """
    if error.code is Mistake.BROKEN_FILE and isinstance(error.__cause__, RulesError):
        return gettext(SENTENCES[error.code]) % {"key": error.key, "told": in_words(error.__cause__)}
    details = {name: _as_given(str(value)) if name == "given" else value for name, value in error.details.items()}
    return gettext(SENTENCES[error.code]) % {"key": named or error.key, **details}


def _as_given(told: str) -> str:
    """Set a text that was given into the language's quotation marks; numbers, lists and tables stay as they are written."""
    return gettext("'%(text)s'") % {"text": told[1:-1]} if len(told) > 1 and told[0] == told[-1] == "'" else told
