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

from standings.admin.rules_changes import ADD_RULE, ChangesForm
from standings.admin.rules_fields import SHEET, TIMING, WHOLE, TimingForm, WholeForm
from standings.admin.rules_part import PLACE, Place, RulePart, Season, offer_choices
from standings.admin.rules_words import KEYS, WHOLE_SEASON
from standings.describing_rules import Section, describe_rules
from standings.editing import held_from, keep_writing, read_text, sheet_of, told_by, write_text, write_value
from standings.editing.sections import SECTIONS
from standings.rule_mistakes import in_words
from standings.scoring import Gathered, Mistake, Rules, RulesError, Subject, parse_rules
from standings.sheets.subjects import SeasonNames

FIELDS, TEXT = "fields", "text"
SEEN, VIEW = "rules-seen", "rules-view"
#: Buttons that only look: nothing is saved by them.
LOOK, AS_TEXT, AS_FIELDS, MORE_ROWS = "_look", "_as_text", "_as_fields", "_more_rows"
LOOKING = (LOOK, AS_TEXT, AS_FIELDS, MORE_ROWS, ADD_RULE)
IN_A_CHANGE = re.compile(r"^changes\[\d+\]\.rules\.")


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
        self.part = RulePart(season, own, SHEET, self.sheet.fields, [section.key for section in SECTIONS])
        self.fields, self.rows = self.part.fields, self.part.rows
        subject = self._subject()
        self.changes = ChangesForm(season, own, self.sheet.fields["changes"], subject)
        offer_choices(self.timing.fields["since"], [("", WHOLE_SEASON), *season.races])
        scales = self.part.scales()
        self.part.offer(subject, scales)
        self.changes.offer(scales)

    @property
    def seen_json(self) -> str:
        """What the editor saw, for the page."""
        return json.dumps(self.seen, ensure_ascii=False)

    @property
    def only_text(self) -> list[str]:
        """The keys that only the text says, by name."""
        return [f"{KEYS[key]} ({key})" if key in KEYS else key for key in self.sheet.rest]

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
        shown = [*self.part.all_forms(), *self.changes.all_forms()]
        forms_of_view = [self.whole] if self.view == TEXT else shown
        self.wrong += [wrong for form in (*forms_of_view, self.timing) for wrong in _all_wrong(form)]
        if self.wrong:
            return None
        if self.view == TEXT:
            told = read_text(self.whole.cleaned_data["whole"].strip(), "whole")
        else:
            gathered = Gathered()
            told = told_by(gathered, {**self.part.sent(), "changes": self.changes.sent()})
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
            called = self._called(form, name)
            words = in_words(one, called if itself else IN_A_CHANGE.sub("", one.key))
            form.add_error(name, ValidationError(words))
            self.wrong.append(Wrong(words if itself else _told_of(called, words), form[name].id_for_label))

    def _called(self, form: forms.Form, name: str) -> str:
        """Name a field as the page does, and its row where there are several, and the change in mid-season that it is of."""
        label = str(form[name].label)
        change = self.changes.row_of(form)
        if row := (change[1].part if change else self.part).row_number(form):
            label = _("%(field)s, row %(number)s") % {"field": label, "number": row}
        return _("%(field)s, change %(number)s") % {"field": label, "number": change[0]} if change else label

    def _place(self, error: RulesError) -> Place:
        """Find the field that a mistake is told at, and whether its key is that field, and not the row or a key beside it."""
        if error.key == "since":
            return self.timing, "since_reason", False
        if self.view == TEXT:
            return self.whole, "whole", False
        of_a_change = None if "changes" in self.part.in_text() else self.changes.place(error.key)
        return of_a_change or self.part.place(error.key)

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
        return self.part.lists


def _as_left_empty(error: RulesError) -> RulesError:
    """Tell what a row lacks as a field that was left empty, which it is to whoever fills it in."""
    if error.details.get("given") == "None":
        return RulesError(Mistake.LEFT_EMPTY, error.key)
    if IN_A_CHANGE.sub("", error.key).startswith("adjustments[") and error.code in (
        Mistake.NEEDS,
        Mistake.NEEDS_A_REASON,
    ):
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


def _seen_in(data: QueryDict, stored: dict[str, Any]) -> dict[str, Any]:
    try:
        seen = json.loads(data.get(SEEN, ""))
    except (ValueError, RecursionError):
        return stored
    return seen if isinstance(seen, dict) else stored


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
    return Wrong(_told_of(str(field.label), words), field.id_for_label)


def _told_of(called: str, words: str) -> str:
    return _("%(field)s: %(words)s") % {"field": called, "words": words}


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
