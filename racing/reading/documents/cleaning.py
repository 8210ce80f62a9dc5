"""One form for every text, made once, so that offsets into it hold for ever."""

import re
import unicodedata

#: Breaks of lines in all their spellings: old typewriters' and Unicode's own included.
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
#: Control characters (a database refuses NUL), soft hyphens and other invisible marks that would split a name, and marks
#: that turn the direction of writing and so could show a reader something else than what is there. Joiners stay: emoji
#: and some scripts need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Give the text in Unicode's form NFC, with lines ended by "\\n" and without invisible characters.

    Cleaning a cleaned text changes nothing. Blanks, dashes and quotation marks stay as they were written.
    """
    text = _LINE_END.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
    return unicodedata.normalize("NFC", text)
