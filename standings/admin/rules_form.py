"""The form for a championship's rules: what it shows, and what comes back of it, as fields or as text.

What the editor saw travels with the page: what they did not change stays as it was written, and what somebody else changed in
the meantime is neither lost nor written over unseen.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from standings.admin.rules_fields import FORMSETS, SHEET, TIMING, WHOLE, SheetForm, TimingForm, WholeForm
from standings.admin.rules_rows import shown_list
from standings.admin.rules_words import KEYS, WHOLE_SEASON
from standings.describing_rules import Section, describe_rules
from standings.editing import held_from, keep_writing, read_text, sheet_of, told_by, write_text, write_value
from standings.editing.rows import ORDERED, ROWS, is_empty
from standings.editing.scales import steps_in_order
from standings.editing.sections import SECTIONS
from standings.rule_mistakes import in_words
from standings.scoring import Gathered, Mistake, Rules, RulesError, Subject, parse_rules
from standings.sheets.subjects import SeasonNames

FIELDS, TEXT = "fields", "text"
SEEN, VIEW = "rules-seen", "rules-view"
#: Buttons that only look: nothing is saved by them.
LOOK, AS_TEXT, AS_FIELDS, MORE_ROWS = "_look", "_as_text", "_as_fields", "_more_rows"
PLACE = re.compile(r"(\w+)(?:\[(\d+)\])?(?:\.(.*))?")
STEPS = re.compile(r"scale_by\.(steps)(?:\[(\d+)\])?(?:\.(.*))?")
#: The field of a row that a mistake is told at which names none, where that is not the first.
FIRST = {"scales": "places", "phases": "set_points"}
#: What a scale says of several ends of a race, or of one by another name, is told at the field of one.
ENDED = {"start": "DNF", "dns": "DNS"}


@dataclass(frozen=True, slots=True)
class Season:
    """What the form offers to choose from."""

    names: SeasonNames
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A sentence on what is wrong, and the element of the page that it is about (empty: the whole)."""

    words: str
    element: str = ""


class RulesForm:
    """The rules of one championship as fields or as text, with what is wrong with what came back.

    `rules` are what the fields tell, `parsed` the same as values: None until `is_valid` has told that they can be followed.
    """

    def __init__(
        self,
        season: Season,
        seen: Mapping[str, Any],
        data: QueryDict | None = None,
        shown: Mapping[str, Any] | None = None,
        view: str = FIELDS,
        since: dict[str, Any] | None = None,
    ) -> None:
        """Show `shown` (else what is stored, `seen`), or take up what was sent in `data`, which says itself what was seen."""
        self.season, self.seen, self.view, self.data = season, dict(seen), view, data
        if data is not None:
            self.view = TEXT if data.get(VIEW) == TEXT else FIELDS
            self.seen = _seen_in(data, self.seen)
        self.rules: dict[str, Any] | None = None
        self.parsed: Rules | None = None
        self.wrong: list[Wrong] = []
        rules = dict(self.seen if shown is None else shown)
        self.sheet = sheet_of(rules)
        self.timing = TimingForm(data, prefix=TIMING, initial=since)
        self.whole = WholeForm(data if self.view == TEXT else None, prefix=WHOLE, initial={"whole": write_text(rules)})
        own = data if self.view == FIELDS else None
        self.fields = SheetForm(own, prefix=SHEET, initial=self.sheet.fields)
        self.rows = {
            key: formset(own, prefix=f"{SHEET}-{key}", initial=self.sheet.fields[key])
            for key, formset in FORMSETS.items()
        }
        for key, formset in self.rows.items():
            # An empty row invites to write one; where rows are, a button asks for another.
            formset.extra = 0 if self.sheet.fields[key] or key == "changes" else 1
        # A formset makes its empty form anew each time; this one has what can be chosen, and is copied for another row.
        self.empty = {key: formset.empty_form for key, formset in self.rows.items()}
        self._offer()
        self._offer_scales()

    @property
    def seen_json(self) -> str:
        """What the editor saw, for the page."""
        return json.dumps(self.seen, ensure_ascii=False)

    @property
    def only_text(self) -> list[str]:
        """The keys that only the text says, by name."""
        return [f"{KEYS[key]} ({key})" if key in KEYS else key for key in self.sheet.rest]

    def _offer(self) -> None:
        """Fill in what can be chosen: the season's classes, drivers, teams, cars and races, and what the rules name besides."""
        for name in ("filter_classes", "eligible_classes"):
            own = [*self.sheet.fields[name], *self.season.classes]
            _choices(self.fields.fields[name], [(one, one) for one in dict.fromkeys(own)])
        races = [(str(key), name) for key, name in self.season.names.races.items()]
        _choices(self.timing.fields["since"], [("", WHOLE_SEASON), *races])
        cars = [(str(key), name) for key, name in self.season.names.cars.items()]
        subjects = [(str(key), name) for key, name in self.season.names.subjects(self._subject()).items()]
        offered = {
            **dict.fromkeys(("race", "visible_from"), races),
            "entry": cars,
            **dict.fromkeys(("subject", *(f"order{place}" for place in range(1, ORDERED + 1))), subjects),
        }
        for key in ("adjustments", "changes"):
            for form in self._all_rows(key):
                for name, choices in offered.items():
                    if name in form.fields:
                        kept = str(form.initial.get(name, ""))
                        known = not kept or kept in dict(choices)
                        unknown = [] if known else [(kept, _("no. %(number)s") % {"number": kept})]
                        _choices(form.fields[name], [("", "–"), *choices, *unknown])

    def _offer_scales(self) -> None:
        """Let one of the form's scales be chosen; what stands there already may be chosen even where it is none of them."""
        rows = [{name: form[name].value() for name in ROWS["scales"]} for form in self.rows["scales"].forms]
        names = [row["session"].strip() or "race" for row in rows if not is_empty("scales", row)]
        names += self._scales_in_text()
        chosen = [(form["scale"], {"": "–", "none": _("no points")}) for form in self._all_rows("steps")]
        chosen += [(form["scale"], {"": "–"}) for form in self._all_rows("adjustments")]
        chosen += [(self.fields["scale_by_session"], {"": _("of all kinds")})]
        for field, besides in chosen:
            offered = {name: name for name in (*names, field.value() or "") if name not in besides}
            _choices(field.field, list({**besides, **offered}.items()))

    def _scales_in_text(self) -> list[str]:
        try:
            scales = read_text(self.fields["rest"].value() or "").get("scales")
        except RulesError:
            return []
        return list(scales) if isinstance(scales, Mapping) else []

    def _all_rows(self, key: str) -> list[forms.Form]:
        return [*self.rows[key].forms, self.empty[key]]

    def _subject(self) -> Subject:
        said = self.fields.data.get(f"{SHEET}-subject") if self.fields.is_bound else self.sheet.fields["subject"]
        return Subject(said) if said in tuple(Subject) else Subject.DRIVER

    # --- what came back ------------------------------------------------------------------------------------------------

    def is_valid(self) -> bool:
        """Tell whether rules came back that can be followed; else `wrong` says why not, and where."""
        try:
            told = self._told()
            if told is not None:
                self.parsed, self.rules = parse_rules(told), told
        except RulesError as error:
            self._blame(error)
        return self.parsed is not None

    def told(self) -> dict[str, Any] | None:
        """Give the rules as they came back, whether they can be followed or not; None where they cannot even be read."""
        try:
            return self._told()
        except RulesError as error:
            self._blame(error)
            return None

    def _told(self) -> dict[str, Any] | None:
        forms_of_view = [self.whole] if self.view == TEXT else [self.fields, *self.rows.values()]
        self.wrong += [wrong for form in (*forms_of_view, self.timing) for wrong in _all_wrong(form)]
        if self.wrong:
            return None
        if self.view == TEXT:
            told = read_text(self.whole.cleaned_data["whole"].strip(), "whole")
        else:
            rows = {key: [ROWS[key] | row for row in _sent(formset)] for key, formset in self.rows.items()}
            gathered = Gathered()
            told = told_by(gathered, {**self.fields.cleaned_data, **rows})
            if gathered.found:
                gathered.found += _wrong_besides(told, gathered.found)
            gathered.end()
            told = keep_writing(self.seen, told)
        since, reason = self.timing.cleaned_data["since"], self.timing.cleaned_data["since_reason"].strip()
        if not since:
            return told
        if not reason:
            raise RulesError(Mistake.NEEDS_A_REASON, "since")
        parse_rules(told)
        return held_from(self.seen, told, int(since), reason)

    def _blame(self, error: RulesError) -> None:
        """Put the sentence of each mistake to the field that it is about."""
        # All places first: a form that has its sentence no longer tells what was written in it.
        found = error.every if self.view == TEXT else [_as_left_empty(one) for one in error.every]
        for one, (form, name, itself) in [(one, self._place(one)) for one in found]:
            words = in_words(one, self._called(form, name) if itself else "")
            form.add_error(name, ValidationError(words))
            self.wrong.append(Wrong(words, form[name].id_for_label) if itself else _wrong(form, name, words))

    def _called(self, form: forms.Form, name: str) -> str:
        """Name a field as the page does, and its row where there are several."""
        label = str(form[name].label)
        for formset in self.rows.values():
            if form in formset.forms and len(formset.forms) > 1:
                return _("%(field)s, row %(number)s") % {"field": label, "number": formset.forms.index(form) + 1}
        return label

    def _place(self, error: RulesError) -> tuple[forms.Form, str, bool]:
        """Find the field that a mistake is told at, and whether its key is that field, and not the row or a key beside it."""
        if error.key == "since":
            return self.timing, "since_reason", False
        if self.view == TEXT:
            return self.whole, "whole", False
        match = STEPS.match(error.key) or PLACE.match(error.key)
        listed, number, inner = match.groups() if match else ("", None, None)
        last = (inner or "").rpartition(".")[2]
        root = "scale_by" if listed == "steps" else listed
        if listed in self.rows and root not in self._rest():
            form = self._row(listed, int(number) if number else 0, inner or "")
            if form is not None:
                first = FIRST.get(listed, next(iter(form.fields)))
                name = next(name for name in (last, ENDED.get(last, ""), first) if name in form.fields)
                return form, name, name in (last, ENDED.get(last))
        section = next((one for one in SECTIONS if one.key == root), None)
        if section is None or root in self._rest() or root in self.rows:
            return self.fields, "rest", False
        own = [f"{root}_{last}", f"{root}_{last}es", f"min_{last}", last, *section.blank]
        name = next(name for name in own if name in section.blank)
        return self.fields, name, name in own[:4] or len(section.blank) == 1

    def _rest(self) -> set[str]:
        try:
            return set(read_text(self.fields.cleaned_data.get("rest", "")))
        except RulesError:
            return set()

    def _row(self, key: str, number: int, within: str) -> forms.Form | None:
        said = [
            form
            for form in self.rows[key].forms
            if form.is_valid() and not form.cleaned_data.get("DELETE") and not is_empty(key, form.cleaned_data)
        ]
        if key == "scales":
            named = [(form, form.cleaned_data["session"].strip() or "race") for form in said]
            said = [form for form, name in named if f"{within}.".startswith(f"{name}.")] or said
        if key == "steps":
            said = steps_in_order(said, lambda form: form.cleaned_data)
        if not said:
            return self.rows[key].forms[0] if self.rows[key].forms else None
        return said[min(max(number, 1), len(said)) - 1]

    # --- what is shown -------------------------------------------------------------------------------------------------

    def again(self, view: str) -> "RulesForm":
        """Give the form with what came back, as fields or as text; itself where that could not be read."""
        told = self._plain_told()
        if told is None:
            return self
        timing = {name: self.data.get(f"{TIMING}-{name}", "") for name in self.timing.fields} if self.data else None
        return RulesForm(self.season, self.seen, shown=told, view=view, since=timing)

    def _plain_told(self) -> dict[str, Any] | None:
        """Give what came back of the rules themselves, without the question since when they hold."""
        if self.data is None:
            return dict(self.seen)
        data = self.data.copy()
        data[f"{TIMING}-since"] = ""
        own = RulesForm(self.season, self.seen, data)
        told = own.told()
        self.wrong += own.wrong
        return told

    def merged(self, stored: Mapping[str, Any]) -> tuple["RulesForm", list[str], list[str]]:
        """Give the form anew where somebody else has changed what is stored: with theirs where only they changed a key.

        Also the names of the keys that they changed, and of those that both did, where what was written here is kept.
        """
        told = self._plain_told()
        mine = dict(self.seen if told is None else told)
        theirs = changed_keys(self.seen, stored)
        both = [key for key in theirs if key in changed_keys(self.seen, mine) and mine.get(key) != stored.get(key)]
        for key in theirs:
            if key not in both:
                mine.pop(key, None)
                mine |= {key: stored[key]} if key in stored else {}
        form = self.again(self.view) if told is not None else self
        if told is not None:
            form = RulesForm(self.season, stored, shown=mine, view=self.view, since=dict(form.timing.initial))
        return form, [name_of(key) for key in theirs], [name_of(key) for key in both]

    @property
    def lists(self) -> dict[str, dict[str, Any]]:
        """Give each list of rows for the template."""
        return {key: shown_list(key, formset, self.empty[key]) for key, formset in self.rows.items()}


def _as_left_empty(error: RulesError) -> RulesError:
    """Tell what a row lacks as a field that was left empty, which it is to whoever fills it in."""
    if error.details.get("given") == "None":
        return RulesError(Mistake.LEFT_EMPTY, error.key)
    if error.key.startswith("adjustments[") and error.code in (Mistake.NEEDS, Mistake.NEEDS_A_REASON):
        needed = error.details.get("needed", "reason")
        return RulesError(Mistake.LEFT_EMPTY, f"{error.key}.{'order1' if needed == 'order' else needed}")
    return error


def _wrong_besides(told: Mapping[str, Any], found: Sequence[RulesError]) -> list[RulesError]:
    """Give what is wrong with rules of which some could not be read; nothing that only their absence makes wrong."""
    unread = {match[1] for one in found if (match := PLACE.match(one.key))}
    of_scales = (Mistake.NO_SCALES, Mistake.NO_SUCH_SCALE)
    try:
        parse_rules(told)
    except RulesError as error:
        return [
            one
            for one in error.every
            if not ((match := PLACE.match(one.key)) and match[1] in unread)
            and not ("scales" in unread and one.code in of_scales)
        ]
    return []


def _choices(field: forms.Field, choices: list[tuple[Any, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _seen_in(data: QueryDict, stored: dict[str, Any]) -> dict[str, Any]:
    try:
        seen = json.loads(data.get(SEEN, ""))
    except (ValueError, RecursionError):
        return stored
    return seen if isinstance(seen, dict) else stored


def _sent(formset: Any) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
        for form in formset.forms
        if not form.cleaned_data.get("DELETE")
    ]


def _all_wrong(form: Any) -> Iterator[Wrong]:
    if isinstance(form, forms.BaseFormSet):
        yield from (Wrong(str(words)) for words in form.non_form_errors())
        for one in form.forms:
            yield from _all_wrong(one)
        return
    for name, errors in form.errors.items():
        for words in errors:
            yield _wrong(form, name if name in form.fields else None, str(words))


def _wrong(form: forms.Form, name: str | None, words: str) -> Wrong:
    """Say what is wrong with a field, by the name that it has on the page."""
    if name is None:
        return Wrong(words)
    field = form[name]
    return Wrong(_("%(field)s: %(words)s") % {"field": field.label, "words": words}, field.id_for_label)


def changed_keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Give the keys of rules that differ."""
    return [key for key in dict.fromkeys([*before, *after]) if before.get(key) != after.get(key)]


def name_of(key: str) -> str:
    """Name a key of the rules."""
    return str(KEYS.get(key, key))


def short(value: Any, most: int) -> str:
    """Give a value of the rules as text of at most so many letters."""
    words = "–" if value is None else " ".join(write_value(value).split())
    return words if len(words) <= most else f"{words[: most - 1]}…"


def in_sections(rules: Rules, names: SeasonNames) -> list[Section]:
    """Tell rules in words, with the names of the season."""
    return describe_rules(rules, names.names(rules.subject))
