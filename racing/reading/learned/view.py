"""What the net says of a story, asked by characters: of an option, a link, a ranking, the race of a statement."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from racing.reading.learned.network import TOLD, Outlook, Pointer, trained_net
from racing.reading.learned.sight import RACES, SESSIONS
from racing.reading.story import Story

Span = tuple[int, int]
Row = Mapping[str, Any]
Features = dict[str, float]

_PLACES = ("1", "2", "3", "4", "5", "6+")
_RANKINGS = ("overall", "track", "class")
_NUMBERS = tuple(str(number + 1) for number in range(RACES))


def view_of(story: Story) -> "View":
    """Ask the trained net about a story, whose scopes the rules have set."""
    return View.of(story, trained_net().look(story))


class View:
    """Rows about sentences and mentions, as plain values, so that training can bring those of nets that never saw the text.

    A scope has `span`, `session` and `race` (shares by name); a mention has `sentence`, `start`, `end`, `p` (shares of kinds),
    `place`, `rank`, `race`, and pointers, lists of (start, end, share): `how` at its place, `cls` at its class, `ahead`.
    """

    def __init__(self, mentions: Sequence[Row], scopes: Sequence[Row]) -> None:
        self.mentions, self.scopes = mentions, scopes
        self._exact = {tuple(scope["span"]): number for number, scope in enumerate(scopes)}
        self._beside: dict[int, list[Row]] = {}
        for row in mentions:
            self._beside.setdefault(row["sentence"], []).append(row)
        self._at: dict[tuple[Span, tuple[Span, ...]], list[Row]] = {}

    @classmethod
    def of(cls, story: Story, outlook: Outlook) -> "View":
        """Give the view of what a net said."""
        scopes = [
            {
                "span": (scene.sentence.span.start, scene.sentence.span.end),
                "session": dict(zip(SESSIONS, sessions.tolist(), strict=True)),
                "race": dict(zip((*_NUMBERS, "several"), races.tolist(), strict=True)),
            }
            for scene, sessions, races in zip(story.scenes, outlook.sessions, outlook.races, strict=True)
        ]
        mentions = [
            {
                "sentence": told.scene,
                "start": told.span.start,
                "end": told.span.end,
                "p": dict(zip(TOLD, told.kinds, strict=True)),
                "place": dict(zip(_PLACES, told.places, strict=True)),
                "rank": dict(zip(_RANKINGS, told.rankings, strict=True)),
                "race": dict(zip(_NUMBERS, told.races, strict=True)),
                "how": _pointed(told.place_at),
                "how_none": told.place_at.nowhere,
                "cls": _pointed(told.class_at),
                "cls_overall": told.class_at.nowhere,
                "cls_else": told.class_at.elsewhere,
                "ahead": _pointed(told.ahead_at),
            }
            for told in outlook.runners
        ]
        return cls(mentions, scopes)

    def scope(self, sentence: Span) -> Row:
        """Give what is said of a sentence, or of the one that shares most with it."""
        return self.scopes[self._number(sentence)]

    def _number(self, sentence: Span) -> int:
        if sentence in self._exact:
            return self._exact[sentence]
        shared = [min(sentence[1], scope["span"][1]) - max(sentence[0], scope["span"][0]) for scope in self.scopes]
        return max(range(len(shared)), key=lambda number: shared[number])

    def at(self, sentence: Span, spans: Sequence[Span]) -> list[Row]:
        """Give the rows of the mentions in a sentence that share characters with one of the spans."""
        key = (sentence, tuple(spans))
        found = self._at.get(key)
        if found is None:
            beside = self._beside.get(self._number(sentence), ())
            found = [row for row in beside if any(row["start"] < end and start < row["end"] for start, end in spans)]
            self._at[key] = found
        return found

    def runner(self, sentence: Span, spans: Sequence[Span]) -> Row | None:
        """Give the row of the mention that tells most of an order, None where the net has none."""
        rows = self.at(sentence, spans)
        return max(rows, key=lambda row: row["p"]["results"] + row["p"]["qualifying"], default=None)

    def option(self, sentence: Span, spans: Sequence[Span], source: Span | None, position: int) -> Features:
        """Give what speaks for a runner having a place by a source (None: by none)."""
        session = self.scope(sentence)["session"]
        out = {
            "n_srace": session["race"],
            "n_squal": session["qualifying"],
            "n_snone": session["nothing"] + session["past"] + session["next"],
            "n_schamp": session["championship"],
        }
        row = self.runner(sentence, spans)
        if row is None:
            return out
        place = row["place"][_PLACES[min(position, len(_PLACES)) - 1]]
        own = sum(share for start, end, share in row["how"] if source and start < source[1] and source[0] < end)
        best = max((share for *_, share in row["how"]), default=0.0)
        rival = max(
            (
                share
                for other in self._beside[row["sentence"]]
                if other is not row
                for start, end, share in other["how"]
                if source and start < source[1] and source[0] < end
            ),
            default=0.0,
        )
        kinds = row["p"]
        return out | {
            "n_res": kinds["results"],
            "n_qual": kinds["qualifying"],
            "n_stand": kinds["standings"],
            "n_ret": kinds["retirements"],
            "n_pen": kinds["penalties"],
            "n_place": place,
            "n_placelead": place
            - max(share for name, share in row["place"].items() if name != _PLACES[min(position, len(_PLACES)) - 1]),
            "n_both": kinds["results"] * place,
            "n_none": row["how_none"],
            "n_how": own,
            "n_howbest": best,
            "n_howlead": own - best,
            "n_howrival": rival,
            "n_overall": row["rank"]["overall"],
            "n_class": row["rank"]["class"],
        }

    def link(self, sentence: Span, spans: Sequence[Span], other: Sequence[Span]) -> Features:
        """Give what speaks for a runner standing one place behind another."""
        rows, heads = self.at(sentence, spans), self.at(sentence, other)
        if not rows:
            return {}
        row = max(rows, key=lambda one: one["p"]["results"])
        out = {
            "n_ahead": _share_at(row["ahead"], other),
            "n_aheadbest": max((share for *_, share in row["ahead"]), default=0.0),
            "n_res": row["p"]["results"],
            "n_qual": row["p"]["qualifying"],
        }
        if heads:
            head = max(heads, key=lambda one: one["p"]["results"])
            out |= {"n_back": _share_at(head["ahead"], spans), "n_reso": head["p"]["results"]}
            for place in _PLACES[:4]:
                out[f"n_pl{place}"], out[f"n_plo{place}"] = row["place"][place], head["place"][place]
            steps = pairwise(_PLACES[:5])
            out["n_step"] = max(head["place"][first] * row["place"][second] for first, second in steps)
        return out

    def ranking(self, sentence: Span, spans: Sequence[Span], classes: Sequence[Span]) -> Features:
        """Give what speaks for a ranking whose class stands at `classes`; none for the order of all."""
        rows = self.at(sentence, spans)
        if not rows:
            return {}
        row = max(rows, key=lambda one: one["p"]["results"])
        return {
            "n_cls": _share_at(row["cls"], classes),
            "n_clsov": row["cls_overall"],
            "n_clselse": row["cls_else"],
            "n_overall": row["rank"]["overall"],
            "n_track": row["rank"]["track"],
            "n_class": row["rank"]["class"],
        }

    def race(self, sentence: Span, spans: Sequence[Span]) -> dict[int, float]:
        """Give how likely each race is for a statement about a runner, or for the sentence where the net has none."""
        row = self.runner(sentence, spans)
        if row is not None:
            return {int(number): share for number, share in row["race"].items()}
        shares = {int(name): share for name, share in self.scope(sentence)["race"].items() if name != "several"}
        total = sum(shares.values()) or 1.0
        return {number: share / total for number, share in shares.items()}


def _pointed(pointer: Pointer) -> list[tuple[int, int, float]]:
    return [(span.start, span.end, share) for span, share in pointer.at]


def _share_at(pointer: Sequence[tuple[int, int, float]], spans: Sequence[Span]) -> float:
    return sum(share for start, end, share in pointer if any(start < b and a < end for a, b in spans))
