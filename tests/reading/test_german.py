"""German: nouns with capitals, verbs in two parts or at the end, subjects behind their verbs."""

import pytest

from racing.reading.facts import Fact
from racing.reading.reader import read_by_rule as read
from racing.terms import FactKind

#: Enough small words for the language to be known, and nothing to be read in them.
GERMAN = "Das Wetter war schön und die Leute waren mit ihren Kindern auf der Wiese und nicht auf den Tribünen.\n"


def facts(text: str, kind: FactKind) -> list[Fact]:
    return [fact for fact in read(GERMAN + text).facts if fact.kind is kind]


def order(text: str, ranking: str = "overall", kind: FactKind = FactKind.FINISH) -> dict[int | None, str]:
    return {fact.position: " / ".join(fact.drivers) for fact in facts(text, kind) if fact.ranking == ranking}


def people(text: str) -> list[str]:
    return [person.name for person in read(GERMAN + text).people]


@pytest.mark.parametrize(
    "text",
    [
        "Max Vogel wollte vor Luca Kerner gewinnen.",
        "Max Vogel gewann nicht.",
        "Max Vogel verpasste den Sieg vor Luca Kerner.",
        "Im vergangenen Jahr hatte Max Vogel vor Luca Kerner gewonnen.",
        "Zur Halbzeit führte Max Vogel vor Luca Kerner.",
        "Max Vogel gewann den Start vor Luca Kerner.",
        "Vor dem Rennen sprach Max Vogel mit Luca Kerner.",
        "Titelverteidiger Max Vogel traf vor dem Start auf Luca Kerner.",
        "Max Vogel setzte sich vor Luca Kerner in das Auto.",
        "Max Vogel holte Luca Kerner am Bahnhof ab.",
        "Max Vogel fuhr vor Luca Kerner von Platz vier los.",
        "Max Vogel würde gern vor Luca Kerner gewinnen.",
        "Max Vogel hätte vor Luca Kerner gewinnen können.",
        "Der Sieg in der Am-Klasse ging nicht an Max Vogel.",
        "Max Vogel musste den späteren Siegern den Vortritt lassen.",
        "Der Klassensieg ging an Max Vogel.",
        "Der Däne wurde mit Copilot Max Vogel Vierter.",
        "Max Vogel ist mit 97 Punkten Dritter, Luca Kerner hat 109.",
        "In seiner Klasse gewann Max Vogel vor Luca Kerner.",
        "Gewonnen wurde das Rennen nicht von Max Vogel.",
        "Mit 27 Zählern Rückstand ist Max Vogel Zweiter der Meisterschaft.",
        "Vor ihm lieferten sich Max Vogel und Luca Kerner einen Zweikampf um Platz drei.",
        "Die Am-Wertung wollte sich Max Vogel nicht entgehen lassen.",
        "Max Vogel freut sich auf die Fahrt durch den Regen.",
        "„Ich wollte vor Luca Kerner siegen und habe das auch geschafft“, sagte Max Vogel.",
    ],
)
def test_no_place_is_read(text: str) -> None:
    assert order(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Max Vogel gewann das Rennen vor Luca Kerner und Jan Brehm.",
        "Max Vogel hat das Rennen vor Luca Kerner und Jan Brehm gewonnen.",
        "Max Vogel setzte sich vor Luca Kerner und Jan Brehm durch.",
        "Den Sieg holte sich Max Vogel vor Luca Kerner und Jan Brehm.",
        "Der Sieg ging an Max Vogel vor Luca Kerner und Jan Brehm.",
        "Max Vogel fuhr vor Luca Kerner und Jan Brehm zum Sieg.",
        "Max Vogel sicherte sich den Sieg vor dem Dänen Luca Kerner und Rookie Jan Brehm.",
        "Von der Pole-Position gestartet, feierte Max Vogel einen Start-Ziel-Sieg vor Luca Kerner und Jan Brehm.",
        "Max Vogel gewann vor Luca Kerner, Dritter wurde Jan Brehm.",
        "Es siegte Max Vogel (Team Nord) vor Luca Kerner (Team Süd) und Jan Brehm.",
        "Laufsieger Max Vogel verwies Luca Kerner und Jan Brehm auf die Plätze zwei und drei.",
        "Nach 16 Runden überquerte Max Vogel als Erster die Ziellinie. Platz zwei belegte Luca Kerner vor Jan Brehm.",
        "Max Vogel gewann. Auf Platz zwei kam Luca Kerner ins Ziel, Jan Brehm komplettierte das Podium.",
        "Max Vogel siegte vor Luca Kerner. Als Dritter komplettierte Jan Brehm das Podest.",
        "Max Vogel siegte vor Luca Kerner. Das Podium komplettierte Jan Brehm.",
        "Max Vogel siegte vor Luca Kerner. Das Podium rundete Jan Brehm ab.",
        "Sieger: Max Vogel. Zweiter: Luca Kerner, Dritter: Jan Brehm.",
        "Sieger wurde Max Vogel. Auf dem 2. Platz landete Luca Kerner, den 3. Rang erreichte Jan Brehm.",
        "Der Sieger heißt Max Vogel. Zweiter wurde der Pole Luca Kerner, Dritter Jan Brehm.",
        "Den Gesamtsieg sicherte sich Max Vogel vor Luca Kerner und Jan Brehm.",
        "Max Vogel gewann. Luca Kerner fuhr auf den zweiten Platz, Dritter wurde Jan Brehm.",
        "Max Vogel konnte das Rennen vor Luca Kerner und Jan Brehm für sich entscheiden.",
        "Max Vogel entschied das Rennen für sich. Luca Kerner jubelte über Platz zwei, Jan Brehm wurde Dritter.",
        "Max Vogel verwies Luca Kerner und Jan Brehm auf die Ehrenplätze.",
        "Max Vogel ließ, von der Pole gestartet, nichts anbrennen. Zweiter wurde Luca Kerner vor Jan Brehm.",
        "Gewonnen wurde das Rennen von Max Vogel vor Luca Kerner und Jan Brehm.",
        "Das erste Rennen am Samstag gewann Max Vogel. Luca Kerner lief als Zweiter ein, Jan Brehm als Dritter.",
        "Max Vogel gewann vor Luca Kerner auf Rang zwei und Jan Brehm auf Rang drei.",
    ],
)
def test_the_first_three_are_read(text: str) -> None:
    assert order(text) == {1: "Max Vogel", 2: "Luca Kerner", 3: "Jan Brehm"}


@pytest.mark.parametrize(
    "text",
    [
        "Luca Kerner wurde Vierter.",
        "Am Ende wurde Luca Kerner Vierter.",
        "Am Ende belegte Luca Kerner den vierten Platz.",
        "Am Ende belegte Luca Kerner Rang vier.",
        "Luca Kerner hat den vierten Platz belegt.",
        "Luca Kerner konnte sich noch den vierten Platz sichern.",
        "Luca Kerner kam auf Platz vier.",
        "Luca Kerner, der auf Platz vier landete, war zufrieden.",
        "Den vierten Platz sicherte sich Luca Kerner.",
        "Rang vier ging an Luca Kerner.",
        "Vierter wurde der Schweizer Luca Kerner.",
        "Vogels Teamkollege Luca Kerner fuhr auf P4.",
        "Von Startplatz acht kam Luca Kerner noch auf Position vier.",
        "Luca Kerner wurde auf dem 4. Platz abgewinkt.",
        "Luca Kerner musste sich mit Platz vier begnügen.",
        "Luca Kerner beendete das Rennen als Vierter.",
        "Luca Kerner kam auf vier, Max Vogel gar nicht.",
        "Luca Kerner blieb nur der vierte Platz.",
        "Luca Kerner kam diesmal nicht über Rang vier hinaus.",
        "Luca Kerner drehte sich, wurde aber noch Vierter.",
        "Mit 14 Sekunden Rückstand wurde Luca Kerner im Audi des Teams Nord Vierter.",
        "Platz vier ging an Polesetter Luca Kerner.",
    ],
)
def test_a_place_and_who_has_it(text: str) -> None:
    assert order(text) == {4: "Luca Kerner"}


@pytest.mark.parametrize(
    "text",
    [
        "Die Plätze vier bis sechs belegten Max Vogel, Luca Kerner und Jan Brehm.",
        "Auf den Plätzen vier, fünf und sechs folgten Max Vogel, Luca Kerner und Jan Brehm.",
        "Max Vogel, Luca Kerner und Jan Brehm belegten die Plätze vier bis sechs.",
        "Dahinter kamen Max Vogel auf Platz vier, Luca Kerner auf Platz fünf und Jan Brehm auf Platz sechs.",
    ],
)
def test_several_places_have_their_drivers_in_their_order(text: str) -> None:
    assert order(text) == {4: "Max Vogel", 5: "Luca Kerner", 6: "Jan Brehm"}


def test_the_place_from_which_somebody_started_is_none_at_the_flag() -> None:
    assert order("Luca Kerner, der von Platz acht gestartet war, wurde Fünfter.") == {5: "Luca Kerner"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In der Junior-Wertung siegte Max Vogel vor Luca Kerner.", "Junior"),
        ("Den Sieg in der Am-Klasse holte sich Max Vogel vor Luca Kerner.", "Am"),
        ("Max Vogel gewann die Rookiewertung vor Luca Kerner.", "Rookie"),
        ("Die Trophy-Wertung sicherte sich Max Vogel vor Luca Kerner.", "Trophy"),
        ("In der Junior-Wertung setzte sich am Sonntag Max Vogel vor Luca Kerner durch.", "Junior"),
        ("Bei den Gentlemen gewann Max Vogel vor Luca Kerner.", "Gentlemen"),
    ],
)
def test_a_class_has_an_order_of_its_own(text: str, name: str) -> None:
    assert (order(text, name), order(text)) == ({1: "Max Vogel", 2: "Luca Kerner"}, {})


def test_am_is_a_word_where_no_class_is_meant() -> None:
    assert order("Am Samstag gewann Max Vogel vor Luca Kerner.") == {1: "Max Vogel", 2: "Luca Kerner"}


def test_the_relative_clause_speaks_of_the_nearest_name() -> None:
    text = "Max Vogel gewann vor Luca Kerner, der die schnellste Runde fuhr."
    assert [fact.drivers for fact in facts(text, FactKind.FASTEST_LAP)] == [("Luca Kerner",)]


@pytest.mark.parametrize(
    "text",
    [
        "Die Pole-Position sicherte sich Max Vogel vor Luca Kerner.",
        "Max Vogel stand vor Luca Kerner auf der Pole.",
        "Trainingsschnellster war Max Vogel vor Luca Kerner.",
        "Von der Pole-Position war Max Vogel gestartet, Luca Kerner eroberte im Qualifying Startplatz zwei.",
        "Die Pole holte Max Vogel. Startplatz zwei sicherte sich Luca Kerner.",
        "Max Vogel eroberte die Pole-Position vor Luca Kerner.",
    ],
)
def test_the_grid(text: str) -> None:
    assert order(text, kind=FactKind.QUALIFYING) == {1: "Max Vogel", 2: "Luca Kerner"}


@pytest.mark.parametrize(
    "text",
    [
        "Jan Brehm schied nach einer Kollision aus.",
        "Für Jan Brehm war das Rennen nach einem Unfall beendet.",
        "Jan Brehm musste sein Auto in der Box abstellen.",
        "Nicht im Ziel: Jan Brehm.",
        "In der dritten Runde war für Jan Brehm nach einem Dreher Schluss.",
        "Jan Brehm landete nach einem Fehler im Kiesbett.",
        "Ausgefallen ist nach einer Berührung in der ersten Kurve Jan Brehm.",
    ],
)
def test_who_retired(text: str) -> None:
    assert [fact.drivers for fact in facts(text, FactKind.RETIREMENT)] == [("Jan Brehm",)]


def test_the_table_with_points_and_a_gap() -> None:
    text = "In der Tabelle führt Max Vogel mit 148 Punkten vor Luca Kerner."
    assert next((f.drivers, f.position, f.points) for f in facts(text, FactKind.CLAIM)) == (("Max Vogel",), 1, "148")
    text = "Max Vogel führt die Meisterschaft mit zwölf Punkten Vorsprung auf Luca Kerner an."
    assert [(f.drivers, f.gap_points) for f in facts(text, FactKind.CLAIM)] == [(("Max Vogel",), "12")]


@pytest.mark.parametrize(
    "text",
    [
        "Das nächste Rennwochenende findet vom 7. bis 9. Oktober auf dem Nürburgring statt.",
        "Weiter geht es am 7./8./9. Oktober auf dem Nürburgring.",
        "Die nächste Station ist der Nürburgring (7.–9. Oktober).",
        "Das Finale steigt vom 07. bis 09.10. auf dem Nürburgring.",
    ],
)
def test_the_next_meeting(text: str) -> None:
    assert [(f.circuit, f.start, f.end) for f in facts(text, FactKind.MEETING)] == [("Nürburgring", "10-07", "10-09")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Pilot Max Vogel und Teamchef Otto Lerch jubelten.", ["Max Vogel", "Otto Lerch"]),
        ("Vogels Erfolg war verdient. Max Vogel jubelte über den Erfolg.", ["Max Vogel"]),
        ("Am Sonntag Nachmittag fuhr Tilo van den Berg ein gutes Rennen.", ["Tilo van den Berg"]),
        ("Das Rennen war nach dem Start von Porsche-Junior Max Vogel geprägt.", ["Max Vogel"]),
        (
            "Lukas und Teun Breuk fuhren im selben Auto, und Teun Breuk war der Schnellere.",
            ["Lukas Breuk", "Teun Breuk"],
        ),
        ("Der Kölner Vogel jubelte. Als Kölner Vogel ist Max Vogel beliebt.", ["Max Vogel"]),
        ("Der junge Mann aus Coburg kam ins Ziel.", []),
        ("Im Ziel Applaus: Max Hartung zeigte eine starke Leistung.", ["Max Hartung"]),
    ],
)
def test_nouns_are_no_names(text: str, expected: list[str]) -> None:
    assert sorted(people(text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "Max Vogel sicherte sich in Hockenheim vorzeitig den Titel.",
        "Max Vogel bleibt nach dem Wochenende Tabellenführer.",
        "Neuer Tabellenführer ist Max Vogel.",
    ],
)
def test_who_leads_the_championship(text: str) -> None:
    assert [(fact.drivers, fact.position) for fact in facts(text, FactKind.CLAIM)] == [(("Max Vogel",), 1)]


def test_lines_that_sum_up_two_races_begin_no_part_of_their_own() -> None:
    text = (
        "Vogel gewinnt im Samstagsrennen\nKerner siegt am Sonntag im Regen\n"
        "Max Vogel war am Samstag nicht zu schlagen. Luca Kerner wurde Zweiter.\n"
        "Am Sonntag gewann Luca Kerner vor Max Vogel."
    )
    rows = {(fact.race, fact.position, *fact.drivers) for fact in facts(text, FactKind.FINISH)}
    assert rows == {(1, 1, "Max Vogel"), (1, 2, "Luca Kerner"), (2, 1, "Luca Kerner"), (2, 2, "Max Vogel")}
