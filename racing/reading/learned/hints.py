"""What is known of an option and of a link: features by name, for the forests that score them."""

from bisect import bisect_left, bisect_right

from racing.reading.learned.options import Entity, Link, Option, Runner, Source
from racing.reading.learned.pairing import token
from racing.reading.learned.sheets import QUIET, Book, Sheet, count_between
from racing.reading.story import is_subject_at

#: What may stand between the members of a list.
_LISTING = frozenset(
    (
        "comma",
        "and",
        "article",
        "nationality",
        "driver_word",
        "mark",
        "dash",
        "team",
        "crew_word",
        "small",
        "word",
        "preposition",
        "class",
    )
)
#: What takes a place back, or says that it is none at the flag; only in its own part of the sentence.
_BLOCKS = (
    "negation",
    "wish",
    "conditional",
    "interim",
    "other_year",
    "already",
    "start_place",
    "lead",
    "until",
    "qualifying",
    "pole",
    "championship",
    "points",
    "leader",
)


class Hints:
    """Features of a text's runners, sources, options and links."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def runner(self, sheet: Sheet, runner: Runner, number: int) -> dict[str, float]:
        """Give what is known of a runner in his sentence."""
        out: dict[str, float] = {
            "form:" + runner.form: 1,
            "completed": float(runner.completed),
            "size": len(runner.entity),
            "part": runner.part,
        }
        self._around(sheet, "u", runner.first, runner.last, out)
        if 0 <= runner.first < len(sheet.kinds) and sheet.kinds[runner.first] in ("person", "pronoun"):
            out["subject"] = float(is_subject_at(sheet.scene.mentions, runner.first))
        out["people_before"] = bisect_left(sheet.people, runner.first)
        out["people_after"] = len(sheet.people) - bisect_left(sheet.people, runner.last)
        out["seen_first"] = float(any(self.book.first_seen.get(one) == number for one in runner.entity))
        out["named"] = max((self.book.counted[one] for one in runner.entity), default=0)
        out["crew_named"] = self.book.crews.counted.get(runner.entity, 0)
        own = self.book.crews.of.get(runner.entity[0]) if len(runner.entity) == 1 else None
        out["has_crew"] = float(own is not None)
        if own:
            out["his_crew_named"] = self.book.crews.counted[own]
        out["bare_first"] = float(runner.first <= 0)
        # what was said before in the sentence, nearest first
        for name in (
            "ahead",
            "behind",
            "followed",
            "beside",
            "win",
            "complete",
            "finish",
            "lead",
            "retirement",
            "penalty",
            "colon",
            "take_from",
        ):
            spots = sheet.spots_of.get(name, ())
            last = bisect_left(spots, runner.first)
            if last:
                out["back:" + name] = runner.first - spots[last - 1]
                out["backp:" + name] = count_between(sheet.people, spots[last - 1] + 1, runner.first) + 1
        for name in (
            "ahead",
            "behind",
            "followed",
            "win",
            "complete",
            "finish",
            "lead",
            "retirement",
            "penalty",
            "copula",
            "negation",
            "wish",
        ):
            spots = sheet.spots_of.get(name, ())
            first = bisect_left(spots, runner.last)
            if first < len(spots):
                out["next:" + name] = spots[first] - runner.last + 1
                out["nextp:" + name] = count_between(sheet.people, runner.last, spots[first]) + 1
        mention = sheet.scene.mentions[runner.first] if 0 <= runner.first < len(sheet.kinds) else None
        if mention is not None and mention.aside:
            for inner in mention.aside[:6]:
                out["in:" + token(inner)] = 1
        return out

    def _around(self, sheet: Sheet, name: str, first: int, last: int, out: dict[str, float]) -> None:
        tokens = sheet.tokens
        for step in range(1, 5):
            n = first - step
            out[f"{name}l{step}:{tokens[n] if n >= 0 else '^'}"] = 1
            n = last - 1 + step
            out[f"{name}r{step}:{tokens[n] if n < len(tokens) else '$'}"] = 1
        for step in (1, 2, 3):
            n = first - step
            if n >= 0 and sheet.words[n]:
                out[f"{name}lw:{sheet.words[n][:6]}"] = 1
            n = last - 1 + step
            if n < len(tokens) and sheet.words[n]:
                out[f"{name}rw:{sheet.words[n][:6]}"] = 1

    def source(self, sheet: Sheet, source: Source) -> dict[str, float]:
        out: dict[str, float] = {"src:" + source.kind: 1, "place": source.position, f"p{min(source.position, 6)}": 1}
        if source.at >= 0:
            self._around(sheet, "k", source.at, source.at + 1, out)
            out["src:" + sheet.tokens[source.at]] = 1
            clause = sheet.clause_of[source.at]
            for at, kind in enumerate(sheet.kinds):
                if kind in _BLOCKS and sheet.clause_of[at] == clause:
                    side = "b" if at < source.at else "a"
                    distance = abs(at - source.at)
                    old = out.get(f"c{side}:{kind}")
                    out[f"c{side}:{kind}"] = min(distance, old) if old else distance
        return out

    def option(
        self, sheet: Sheet, option: Option, runner: dict[str, float], source: dict[str, float]
    ) -> dict[str, float]:
        out = {**sheet.base, **runner, **source}
        who, src = option.runner, option.source
        self._rules(sheet, who.entity, src.position, out)
        out["same_place"] = sum(s.position == src.position and s.at != src.at for s in sheet.sources)
        if src.at < 0:
            return out
        if who.first <= src.at < who.last:
            out["within"] = 1
            return out
        ahead = src.at >= who.last
        first, last = (who.last, src.at) if ahead else (src.at + 1, who.first)
        first = max(first, 0)
        side = "R" if ahead else "L"
        out["side" + side] = 1
        out["far" + side] = last - first
        between = sheet.tokens[first:last]
        if len(between) <= 5:
            out[f"bt{side}:" + " ".join(between)] = 1
        if len(between) <= 9:
            short = [
                t for t, k in zip(between, sheet.kinds[first:last], strict=True) if k not in QUIET and k != "article"
            ]
            out[f"bs{side}:" + " ".join(short[:5])] = 1
        for kind in sheet.kinds[first:last]:
            out[f"b{side}:{kind}"] = out.get(f"b{side}:{kind}", 0) + 1
        for at in range(first, min(last, first + 12)):
            if sheet.words[at]:
                out["bw:" + sheet.words[at][:6]] = 1
        if first < last:
            out[f"b1{side}:" + sheet.tokens[first]] = 1
            out[f"bz{side}:" + sheet.tokens[last - 1]] = 1
        out["clauses" + side] = abs(
            sheet.clause_of[src.at] - sheet.clause_of[min(max(who.first, 0), len(sheet.clause_of) - 1)]
        )
        out["people_between" + side] = count_between(sheet.people, first, last)
        out["sources_between" + side] = count_between(sheet.spots, first, last)
        rival = bisect_right(sheet.people, src.at) if ahead else bisect_left(sheet.people, src.at) - 1
        out["rival" + side] = abs(sheet.people[rival] - src.at) if 0 <= rival < len(sheet.people) else 0
        other = bisect_left(sheet.spots, who.first) - 1 if ahead else bisect_left(sheet.spots, who.last)
        far = 0
        if 0 <= other < len(sheet.spots):
            far = who.first - sheet.spots[other] if ahead else sheet.spots[other] - who.last + 1
        out["rival_source" + side] = far
        return out

    def _rules(self, sheet: Sheet, entity: Entity, place: int, out: dict[str, float]) -> None:
        for name in sheet.proposed.get((entity, place), ()):
            out["rule:" + name] = 1
        if any(place in sheet.places_of.get(one, ()) for one in entity):
            out["rule_part"] = 1
        if any(other != place for one in entity for other in sheet.places_of.get(one, ())):
            out["rule_other_place"] = 1
        owners = sheet.owners.get(place, ())
        if owners and entity not in owners:
            out["rule_other_owner"] = 1
        if sheet.rules:
            out["rules"] = len(sheet.rules)

    def link(self, sheet: Sheet, link: Link, runner: dict[str, float]) -> dict[str, float]:
        """Give what is known of "this one stands one place behind that one"."""
        out = {**sheet.base, **runner}
        me, other = link.runner, link.other
        out["oform:" + other.form] = 1
        out["osize"] = len(other.entity)
        out["same_size"] = float(len(me.entity) == len(other.entity))
        out["ocompleted"] = float(other.completed)
        out["rule_after"] = float((other.entity, me.entity) in sheet.after)
        out["rule_before"] = float((me.entity, other.entity) in sheet.after)
        back = other.first >= me.last
        first, last = (me.last, other.first) if back else (max(other.last, 0), me.first)
        side = "L" if back else "R"
        out["dir" + side] = 1
        out["far" + side] = last - first
        between = sheet.tokens[first:last]
        if len(between) <= 6:
            out[f"bt{side}:" + " ".join(between)] = 1
        short = [
            t
            for t, k in zip(between, sheet.kinds[first:last], strict=True)
            if k not in QUIET and k not in ("article", "preposition", "nationality")
        ]
        out[f"bs{side}:" + " ".join(short[:5])] = 1
        for kind in sheet.kinds[first:last]:
            out[f"b{side}:{kind}"] = out.get(f"b{side}:{kind}", 0) + 1
        for at in range(first, min(last, first + 12)):
            if sheet.words[at]:
                out["bw:" + sheet.words[at][:6]] = 1
        out["people_between" + side] = count_between(sheet.people, first, last)
        self._around(sheet, "o", other.first, other.last, out)
        for name, one in (("m", me), ("o", other)):
            places = {p for who in one.entity for p in sheet.places_of.get(who, ())}
            out[name + "placed"] = float(bool(places))
            if places:
                out[name + "rule_place"] = min(places)
        places = {p for who in other.entity for p in sheet.places_of.get(who, ())}
        mine = {p for who in me.entity for p in sheet.places_of.get(who, ())}
        out["rule_next"] = float(any(p + 1 in mine for p in places))
        out["rule_clash"] = float(bool(places and mine) and not out["rule_next"])
        kinds_between = set(sheet.kinds[first:last])
        out["plain" + side] = float(kinds_between <= _LISTING)
        out["has_and"] = float("and" in kinds_between)
        for kind in ("ahead", "behind", "followed", "beside", "win", "rank", "complete", "colon"):
            if kind in kinds_between:
                out["has_" + kind + side] = 1
        if not back:
            start, members = self._list_start(sheet, other.first)
            out["list_members"] = members
            for step in (1, 2, 3):
                n = start - step
                out[f"intro{step}:" + (sheet.tokens[n] if n >= 0 else "^")] = 1
            strong = [
                k
                for k in sheet.kinds[max(0, start - 8) : start]
                if k not in QUIET and k not in ("article", "preposition", "comma")
            ]
            out["intro:" + " ".join(strong[-2:])] = 1
            for kind in strong:
                out["introk:" + kind] = 1
            end = me.last
            while end < len(sheet.kinds) and sheet.kinds[end] in _LISTING:
                end += 1
            out["then:" + (sheet.kinds[end] if end < len(sheet.kinds) else "$")] = 1
            out["followed_by_person"] = float(end < len(sheet.kinds) and sheet.kinds[end] == "person")
        # places written beside each
        for name, one in (("m", me), ("o", other)):
            near = [
                s.position
                for s in sheet.sources
                if s.kind in ("rank", "ordinal", "class_place", "number")
                and (one.first - 3 <= s.at < one.first or one.last <= s.at < one.last + 3)
            ]
            out[name + "near"] = float(bool(near))
        return out

    def _list_start(self, sheet: Sheet, at: int) -> tuple[int, int]:
        """Give where the list begins in which a person stands, and how many stand before him."""
        members, start, n = 0, max(at, 0), at - 1
        while n >= 0 and (sheet.kinds[n] in _LISTING or sheet.kinds[n] in ("person", "car")):
            if sheet.kinds[n] in ("person", "car"):
                members += 1
                start = n
            n -= 1
        return start, members
