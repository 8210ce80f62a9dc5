"""The fields of the form for rules, as `standings.editing` names them: one form of single fields, a form a row of each list."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from standings.admin import rules_words as words
from standings.describing_rules.ground import ENDS
from standings.editing.rows import ORDERED, ROWS, UNPLACED, of_entries

#: Names of the form's parts: single fields, the text of the whole, and since when the rules hold.
SHEET, WHOLE, TIMING = "rules", "whole", "timing"
MOST_TEXT = 60_000


def line(label: Any, help_text: Any = "", rows: int = 0, **attrs: str) -> forms.CharField:
    """Give a field of text, of several lines where `rows` says so; what was written is kept to the letter."""
    given = {"spellcheck": "false", "autocomplete": "off", **attrs}
    widget = forms.Textarea(attrs={**given, "rows": str(rows)}) if rows else forms.TextInput(attrs=given)
    return forms.CharField(
        label=label, help_text=help_text, required=False, strip=False, max_length=MOST_TEXT, widget=widget
    )


def one_of(label: Any, choices: Iterable[Any], help_text: Any = "") -> forms.ChoiceField:
    """Give one choice of several."""
    return forms.ChoiceField(label=label, choices=list(choices), help_text=help_text, required=False)


def a_scale(label: Any) -> forms.ChoiceField:
    """Give a choice of one of the form's own scales."""
    found = one_of(label, ())
    found.widget.attrs["data-scales"] = ""
    return found


def tick(label: Any, help_text: Any = "") -> forms.BooleanField:
    """Give a box to tick."""
    return forms.BooleanField(label=label, help_text=help_text, required=False)


def ticks(label: Any, choices: Iterable[Any] = (), help_text: Any = "") -> forms.MultipleChoiceField:
    """Give boxes to tick."""
    return forms.MultipleChoiceField(
        label=label,
        choices=list(choices),
        help_text=help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def number(label: Any, help_text: Any = "", *, whole: bool = True) -> forms.CharField:
    """Give a field for a number: a phone shows the keys for one, and what was written is kept whatever it is."""
    return line(label, help_text, inputmode="numeric" if whole else "decimal")


WORDS = _("Several with commas between them; empty: any.")
ROUNDS = _("Numbers of rounds, such as 1, 2, 5-8.")


class SheetForm(forms.Form):
    """The rules' single values, and as text what no field can say."""

    use_required_attribute = False

    subject = one_of(words.KEYS["subject"], words.SUBJECTS)
    title = tick(words.KEYS["title"], _("Otherwise the table is there for information."))
    filter_classes = ticks(_("Classes"), help_text=_("None ticked: all of them."))
    filter_guest = one_of(_("Guests"), words.GUESTS)
    filter_registered = one_of(_("Registration"), words.REGISTERED)
    filter_tags = line(_("Tags of cars"), WORDS)
    filter_drivers = line(
        _("Words of drivers"), _("Such as bronze, rookie: of a crew those alone collect. Empty: any.")
    )
    filter_team_cars = number(_("Cars of a team"), _("Such as 2, for the first two; empty: all of them."))

    eligible_guest = one_of(_("Are guests paid?"), words.GUESTS_PAID)
    ineligible = one_of(_("Places of guests and others who are not paid"), words.INELIGIBLE)
    rank_within = one_of(words.KEYS["rank_within"], words.RANKINGS)
    eligible_classes = ticks(_("Only these classes are paid"), help_text=_("None ticked: all of them."))
    eligible_registered = one_of(_("Registration of who is paid"), words.REGISTERED)
    eligible_tags = line(_("Tags of cars that are paid"), WORDS)
    eligible_drivers = line(_("Words of drivers who are paid"), WORDS)
    eligible_team_cars = number(
        _("Cars of a team that are paid"), _("Such as 2, for the first two; empty: all of them.")
    )
    min_share = line(
        _("Least share of the winner's laps"), _("Such as 0.75 or 3/4; empty: the classification is trusted.")
    )
    class_winner = tick(_("Of the winner of its class"))
    flag = tick(_("The flag must have been taken"))

    entries = number(words.KEYS["entries"], _("Where a scale pays a point for each. Empty: the cars of the race."))
    scale_by_attribute = one_of(_("The scale of a race is chosen by"), words.CHOSEN_BY)
    scale_by_name = line(
        _("Name of another number of the race"),
        _("As it stands among the other figures of a race, such as coefficient."),
    )
    scale_by_session = a_scale(_("Only for races of the kind"))
    scale_by_full = line(_("Rounds that keep the scale of their kind"), ROUNDS)

    sessions = line(words.KEYS["sessions"], _("Several with commas between them; empty: all that have a scale."))
    round_multiplier = line(words.KEYS["round_multiplier"], _("Round and factor, such as 5: 2, 8: 1/2."))
    decimals = number(_("Decimals that a factor's points are rounded to"), _("Empty: two."))
    half = one_of(_("How they are rounded"), words.HALVES)
    only_rounds = line(words.KEYS["only_rounds"], ROUNDS)
    exclude_rounds = line(words.KEYS["exclude_rounds"], ROUNDS)

    cars = number(_("Cars of each that score in a race"), _("A number; empty: all of them."))
    cars_by = one_of(words.KEYS["cars_by"], words.CARS_BY)
    others_move_up = tick(words.KEYS["others_move_up"])
    bonus_for_cars = one_of(words.KEYS["bonus_for_cars"], words.BONUS_CARS)
    shared = one_of(words.KEYS["shared"], words.SHARED)
    min_drive = line(words.KEYS["min_drive"], _("Such as 25 min, or a share of the car's time such as 1/3."))

    unit = one_of(words.KEYS["unit"], words.UNITS)
    best_of_round = number(
        words.KEYS["best_of_round"],
        _("Such as 1, the better of two races; where a score is a meeting. Empty: all of them."),
    )
    drop_schedule = line(
        words.KEYS["drop_schedule"],
        _("Such as 4: 1, 8: 2, for one of four and two of eight; instead of the rows above."),
    )
    drop_bonus = tick(words.KEYS["drop_bonus"])
    absent = tick(words.KEYS["absent"])
    equal_worst = one_of(words.KEYS["equal_worst"], words.WORST)
    kept_statuses = ticks(words.KEYS["not_droppable"], words.ENDED, _("Of cars whose race ended so."))
    kept_tags = line(_("Never dropped: races with the tags"), _("Several with commas between them."))
    min_starts = number(_("Least number of starts"), _("To be classified in the championship."))
    min_finishes = number(_("Least number of finishes"))
    direction = one_of(words.KEYS["direction"], words.DIRECTIONS)

    listed = one_of(words.KEYS["listed"], words.LISTED)
    listed_in = line(_("Classified in sessions of the kinds"), WORDS)

    rest = line(
        _("Further rules as text"),
        _(
            "In TOML or JSON: rules for which there is no field. What stands here and has a field counts as written here."
        ),
        rows=6,
    )


class ScaleForm(forms.Form):
    """A scale."""

    session = line(_("Kind of session"), _("race, sprint, qualifying …, or a name of your own"))
    places = line(_("Points from the first place on"), _("Such as 25, 18, 15, 12.5"), rows=2)
    tail = number(_("Whoever is classified beyond"), whole=False)
    formula = tick(_("The position itself is the number of points"), _("As where the fewest points win."))


ScaleForm.base_fields = {
    **ScaleForm.base_fields,
    **{end: number(capfirst(ENDS[end]), whole=False) for end in UNPLACED},
    **{of_entries(end): tick(_("and a point for each car entered")) for end in UNPLACED},
}


class StepForm(forms.Form):
    """From where on another scale holds."""

    scale = a_scale(_("Paid by the scale"))


# "from" is a word of the language, so that this field cannot be written in the class.
StepForm.base_fields = {
    "from": line(_("From this number on"), _("Such as 6, 0.25 or 25 %."), inputmode="decimal"),
    **StepForm.base_fields,
}


class BonusForm(forms.Form):
    """A bonus."""

    on = one_of(_("For"), words.BONUSES)
    points = number(_("Points"), whole=False)
    scope = one_of(_("First"), words.SCOPES)
    if_ineligible = one_of(_("Won by one who is not paid, it"), words.PASSED_ON)
    classified = tick(_("Only who is classified"))
    top = number(_("Only in the first … of the race"))
    min_share_run = line(_("Least share of the race that was run"))
    ties = one_of(_("Won by several"), words.BONUS_TIES)
    session = line(_("Only in sessions of the kind"))
    scale = line(_("Points by place instead"))
    multiplied = tick(_("Times the round's factor"))
    carry = tick(_("Not counted, but carried into the next phase"))
    pays = ticks(_("Pays only"), words.KINDS_PAID)


class SegmentForm(forms.Form):
    """A part of the season of which so many scores count."""

    best = number(_("The best … count"))
    drop = number(_("or: the worst … are dropped"))


SegmentForm.base_fields = {
    "from": number(_("From race")),
    "to": number(_("to race")),
    **SegmentForm.base_fields,
}


class PhaseForm(forms.Form):
    """A phase of the season, for which the first of the table begin anew."""

    after_round = number(_("After round"))
    keep = number(_("So many begin anew"))
    set_points = number(_("Points they begin with"), _("Empty: those they have."), whole=False)
    by = one_of(_("Those who begin anew"), words.KEPT_FIRST)
    carry_scale = line(
        _("Points carried for the place in the table"),
        _(
            "Such as 15, 10, 8 from the first place on; added to the points that this phase and each later one begin with."
        ),
    )
    nothing_carried = tick(
        _("Nothing is carried into this phase"),
        _("Neither the points for the place nor bonus points that are carried."),
    )


class TieStepForm(forms.Form):
    """A step of the tie-break chain."""

    by = one_of(_("Then decides"), words.TIE_BREAKS)
    results = one_of(_("Results looked at"), words.RESULTS)
    depth = one_of(_("Places looked at"), words.DEPTHS)
    cars = one_of(_("Cars looked at"), words.TIE_CARS)
    sessions = line(_("Only sessions of the kinds"))


class AdjustmentForm(forms.Form):
    """A decision."""

    kind = one_of(_("Decision"), words.DECISIONS)
    subject = one_of(_("On"), ())
    race = one_of(_("In the race, or from it on"), ())
    points = line(_("Points"))
    reason = line(_("Reason, and by whom it was decided"))
    visible_from = one_of(_("Known after the race"), ())
    entry = one_of(_("Only the result of the car"), ())
    position = number(_("Only the result in position"))
    scale = a_scale(_("Scale"))
    text = line(_("Stands in the place of a position"))
    zero = tick(_("An exclusion takes all points too"))
    order1 = one_of(_("Order of the tie: first"), ())
    order2 = one_of(_("second"), ())
    order3 = one_of(_("third"), ())
    order4 = one_of(_("fourth"), ())


class ChangeForm(forms.Form):
    """A change in mid-season: since when and why. The rules that it alters have the fields that they have anyway."""

    race = one_of(_("From the race on"), ())
    reason = line(_("Reason"), _("Stands in the rows that it changes."))
    keys = forms.MultipleChoiceField(
        choices=[(key, words.KEYS[key]) for key in words.KEYS], required=False, widget=forms.MultipleHiddenInput
    )
    without = ticks(_("Leave as it was"), [(key, words.KEYS[key]) for key in words.KEYS])
    add = one_of(_("Another rule that changes"), words.ALTERED)

    def clean_add(self) -> str:
        """Refuse a rule that was chosen and not told: nobody would see that it was left out."""
        if self.cleaned_data["add"]:
            raise forms.ValidationError(_("Press “Show its fields” to tell what it becomes, or choose none."))
        return ""


class WholeForm(forms.Form):
    """All rules as text."""

    whole = line(_("All rules as text"), _("In TOML or JSON, as in the rulebooks' files."), rows=24)


class TimingForm(forms.Form):
    """Since when the rules of the form hold."""

    since = one_of(_("These rules hold"), ())
    since_reason = line(_("Reason of a change in mid-season"), _("Stands in the rows that it changes."))


ROW_FORMS = {
    "scales": ScaleForm,
    "steps": StepForm,
    "bonuses": BonusForm,
    "segments": SegmentForm,
    "phases": PhaseForm,
    "tiebreak": TieStepForm,
    "adjustments": AdjustmentForm,
}
FORMSETS = {
    key: forms.formset_factory(form, extra=0, can_delete=True, max_num=200, absolute_max=300)
    for key, form in ROW_FORMS.items()
}
CHANGES = forms.formset_factory(ChangeForm, extra=0, can_delete=True, max_num=50, absolute_max=60)
#: The fields of a row that stand under "more": the rarer ones.
MORE = {
    "scales": ("tail", "formula"),
    "steps": (),
    "bonuses": tuple(name for name in ROWS["bonuses"] if name not in ("on", "points", "scope", "if_ineligible")),
    "segments": (),
    "phases": ("by", "carry_scale", "nothing_carried"),
    "tiebreak": ("results", "depth", "sessions", "cars"),
    "adjustments": (
        *("position", "entry", "visible_from", "scale", "zero", "text"),
        *(f"order{place}" for place in range(1, ORDERED + 1)),
    ),
}
