"""Rules as a person edits them: fields of a form and text, out of data and back, and what a change of rules changes. Plain.

`sheet_of` gives a form's fields for rules as data, `rules_of` the data for what came back; `read_text` and `write_text` do the
same for text, `compare` tells two scorings of one season apart.
"""

from standings.editing.comparing import Comparison, Difference, compare
from standings.editing.sheet import Sheet
from standings.editing.toml import read_text, write_text, write_value
from standings.editing.whole import held_from, keep_writing, rules_of, sheet_of, told_by

__all__ = [
    "Comparison",
    "Difference",
    "Sheet",
    "compare",
    "held_from",
    "keep_writing",
    "read_text",
    "rules_of",
    "sheet_of",
    "told_by",
    "write_text",
    "write_value",
]
