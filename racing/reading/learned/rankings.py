"""What is known of the ranking that a place is one of: features by name, for the forest that scores rankings."""

from collections import Counter
from collections.abc import Iterable, Iterator

from racing.reading.learned.options import Runner
from racing.reading.learned.sheets import Book, Sheet
from racing.reading.mentions import Mention
from racing.terms import OVERALL, TRACK


def classes_in(mentions: Iterable[Mention]) -> list[tuple[int, str]]:
    """Give where classes are named in a row: (number of the mention, class)."""
    found = []
    for at, m in enumerate(mentions):
        if m.kind == "class":
            found.append((at, m.value))
        elif m.kind == "class_place":
            found.append((at, m.value.partition(":")[2]))
        for inner in m.aside:
            if inner.kind == "class":
                found.append((at, inner.value))
            elif inner.kind == "class_place":
                found.append((at, inner.value.partition(":")[2]))
    return found


class Rankings:
    """What is known of "this place is one of that ranking"."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.story = book.story
        self.rows = [classes_in(scene.mentions) for scene in book.story.scenes]
        self.counted = Counter(name for row in self.rows for _, name in row)
        self.guests = sum(
            m.kind in ("hors_classement", "series_order") for scene in book.story.scenes for m in scene.mentions
        )
        self.opened = list(self._opened())
        self.beside: dict[tuple[int, str], dict[int, int]] = {}
        for n, (scene, row) in enumerate(zip(book.story.scenes, self.rows, strict=True)):
            for at, m in enumerate(scene.mentions) if row else ():
                if m.kind == "person":
                    for k, name in row:
                        if abs(k - at) < 6:
                            for one in m.who:
                                spots = self.beside.setdefault((one, name), {})
                                spots[n] = spots.get(n, 0) + 1
        self.last: list[tuple[str, int]] = []
        last, ago = "", 0
        for scene, row in zip(book.story.scenes, self.rows, strict=True):
            self.last.append((last, ago))
            if scene.sentence.heading:
                last, ago = (row[-1][1], 0) if row else ("", 0)
            elif row:
                last, ago = row[-1][1], 0
            ago += 1

    def _opened(self) -> Iterator[tuple[str, int]]:
        """Give for each sentence the class that its paragraph named first, and how many it has named before it."""
        paragraph, seen = -1, dict[str, None]()
        for scene, row in zip(self.story.scenes, self.rows, strict=True):
            if scene.sentence.paragraph != paragraph:
                paragraph, seen = scene.sentence.paragraph, {}
            yield next(iter(seen), ""), len(seen)
            seen |= dict.fromkeys(name for _, name in row)

    def candidates(self, number: int) -> list[str]:
        """Give the rankings that a sentence could speak of: overall, the road, its own classes and those told just before."""
        own = dict.fromkeys(name for _, name in self.rows[number])
        near: dict[str, None] = {}
        for back in range(1, 5):
            if number - back >= 0:
                near |= dict.fromkeys(name for _, name in self.rows[number - back])
        scene = self.story.scenes[number]
        given = dict.fromkeys(
            name
            for name in (scene.heading_class, scene.inherited_class, scene.last_class, self.last[number][0])
            if name
        )
        return list({OVERALL: None, TRACK: None} | own | given | near)[:12]

    def features(
        self, number: int, sheet: Sheet, runner: Runner, at: int, position: int, name: str, kind: str
    ) -> dict[str, float]:
        """Give what is known of a ranking for a place of `runner` told at mention `at` (-1: nowhere)."""
        scene = sheet.scene
        out: dict[str, float] = {
            "place": position,
            "doc_classes": len(self.counted),
            "doc_crews": self.book.crew_share,
            "guests": self.guests,
            "opened": self.opened[number][1],
        }
        out["kind:" + ("overall" if name == OVERALL else "track" if name == TRACK else "class")] = 1
        own = self.rows[number]
        out["own_classes"] = len({c for _, c in own})
        out["src:" + kind] = 1
        out["heading"], out["listed"] = float(scene.sentence.heading), float(scene.sentence.listed)
        out["qualifying"] = float(scene.session == "qualifying")
        out["series_order"] = sum(k in ("series_order", "hors_classement") for k in sheet.kinds)
        out["general_in"] = sum(k == "general" for k in sheet.kinds)
        anchor = at if at >= 0 else max(runner.first, 0)
        spots = [n for n, k in enumerate(sheet.kinds) if k == "general"]
        if spots:
            near = min(spots, key=lambda n: abs(n - anchor))
            out["general_far"] = near - anchor
            out["general_after"] = float(near > anchor)
            lo, hi = sorted((near, anchor))
            out["general_people"] = sum(lo < n < hi for n in sheet.people)
        last, ago = self.last[number]
        if name in (OVERALL, TRACK):
            out["last_class"] = float(bool(last))
            out["ago"] = ago
            out["heading_class"] = float(bool(scene.heading_class))
            out["inherited"] = float(bool(scene.inherited_class))
            if own:
                near_at, _ = min(own, key=lambda item: abs(item[0] - anchor))
                self._spot(sheet, near_at, anchor, runner, out)
                out["class_first"] = float(own[0][0] <= 3)
            self._who(runner, out, name, number)
            return out
        out["count"] = self.counted[name]
        out["class_in"] = float(any(c == name for _, c in own))
        out["is_opened"] = float(self.opened[number][0] == name)
        out["is_last"] = float(last == name)
        out["ago"] = ago
        out["is_heading"] = float(scene.heading_class == name)
        out["is_inherited"] = float(scene.inherited_class == name)
        out["is_scene_last"] = float(scene.last_class == name)
        mine = [n for n, c in own if c == name]
        if mine:
            near_at = min(mine, key=lambda n: abs(n - anchor))
            self._spot(sheet, near_at, anchor, runner, out)
            before = [c for n, c in own if n <= anchor]
            out["last_before"] = float(bool(before) and before[-1] == name)
            after = [c for n, c in own if n >= anchor]
            out["first_after"] = float(bool(after) and after[0] == name)
            out["first_named"] = float(own[0][1] == name)
        else:
            out["other_in"] = float(bool(own))
            back = next((b for b in range(1, 5) if number >= b and any(c == name for _, c in self.rows[number - b])), 0)
            out["back"] = back
            out["same_paragraph"] = float(
                bool(back) and self.story.scenes[number - back].sentence.paragraph == scene.sentence.paragraph
            )
            out["starts_pronoun"] = float(bool(sheet.kinds) and "pronoun" in sheet.kinds[:3])
        self._who(runner, out, name, number)
        return out

    def _who(self, runner: Runner, out: dict[str, float], name: str, number: int) -> None:
        """Say how often the class is named beside these drivers elsewhere."""
        beside = sum(
            count
            for one in runner.entity
            for where, count in self.beside.get((one, name), {}).items()
            if where != number
        )
        out["beside_elsewhere"] = beside

    def _spot(self, sheet: Sheet, near: int, anchor: int, runner: Runner, out: dict[str, float]) -> None:
        out["cfar"] = abs(near - anchor)
        out["cat"] = near
        side = "A" if near > anchor else ("S" if near == anchor else "B")
        out["cside" + side] = 1
        out["crunner" + ("A" if near >= runner.last else "B")] = abs(near - max(runner.first, 0))
        lo, hi = sorted((near, anchor))
        out["cpeople" + side] = sum(lo < n < hi for n in sheet.people)
        out["csources" + side] = sum(lo < n < hi for n in sheet.spots)
        out["cbreaks" + side] = abs(sheet.clause_of[near] - sheet.clause_of[min(anchor, len(sheet.clause_of) - 1)])
        between = Counter(sheet.kinds[lo + 1 : hi])
        for kind in (
            "comma",
            "ahead",
            "win",
            "rank",
            "and",
            "general",
            "class",
            "class_place",
            "colon",
            "complete",
            "followed",
        ):
            if between[kind]:
                out[f"cb{side}:{kind}"] = between[kind]
        for step in (1, 2):
            n = near - step
            out[f"cl{step}:" + (sheet.tokens[n] if n >= 0 else "^")] = 1
            n = near + step
            out[f"cr{step}:" + (sheet.tokens[n] if n < len(sheet.tokens) else "$")] = 1
        out["cw:" + sheet.tokens[near]] = 1
