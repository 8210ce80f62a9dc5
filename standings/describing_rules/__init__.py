"""The rules of a championship in words, complete, in the language of the reader."""

from django.utils.translation import gettext as _

from standings.describing_rules.decisions import what_changed, what_was_decided
from standings.describing_rules.ground import Names, Section
from standings.describing_rules.points import what_is_paid, what_is_paid_besides
from standings.describing_rules.season import how_ranked, what_counts
from standings.describing_rules.who import who_scores
from standings.scoring import Rules

__all__ = ["Names", "Section", "describe_rules"]

NOBODY = Names()


def describe_rules(rules: Rules, names: Names = NOBODY) -> list[Section]:
    """Tell rules in sections of sentences, in the language of the moment; sections without any are left out.

    `names` gives names for the ids of drivers, teams, cars and races that decisions and changes hold
    (`standings.sheets.rulebook.load_names` reads them); what it does not name is told by its number. What a person wrote (the
    reason of a decision, the name of a scale) stands as it was written; an archive's reasons are in the reader's language.
    """
    sections = [
        *_lasting(rules, names),
        Section(
            "changes", _("Changes in mid-season"), tuple(what_changed(rules, names, lambda one: _lasting(one, names)))
        ),
    ]
    return [section for section in sections if section.sentences]


def _lasting(rules: Rules, names: Names) -> list[Section]:
    """Give the sections of rules that hold all season."""
    return [
        Section("who", _("Who scores"), tuple(who_scores(rules))),
        Section("points", _("Points"), tuple(what_is_paid(rules))),
        Section("bonuses", _("Bonus points"), tuple(what_is_paid_besides(rules))),
        Section("counted", _("What counts"), tuple(what_counts(rules))),
        Section("order", _("The order of the table"), tuple(how_ranked(rules))),
        Section("decisions", _("Decisions"), tuple(what_was_decided(rules, names))),
    ]
