from tests.reading.telling import order


def test_a_class_and_a_colon_before_a_struggle_is_no_order() -> None:
    assert order("Pro-Am : Luc Arvois menait devant Paul Brion.", "Pro-Am") == {}


def test_a_class_line_gives_its_order() -> None:
    assert order("Am : Luc Arvois devant Paul Brion.", "Am") == {1: "Luc Arvois", 2: "Paul Brion"}


def test_as_many_places_as_drivers_go_to_them_in_turn() -> None:
    text = "Luc Arvois, Paul Brion et Jean Caradec terminent respectivement 3e, 5e et 8e."
    assert order(text) == {3: "Luc Arvois", 5: "Paul Brion", 8: "Jean Caradec"}
