"""What the net sees and says: word vectors, its layers, and that names mean nothing to it."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from racing.reading.learned.layers import chain, gru, softmax
from racing.reading.learned.network import TOLD, Net, Outlook, trained_net
from racing.reading.learned.sight import RACES, SESSIONS, see, value_numbers
from racing.reading.learned.vectors import word_table
from racing.reading.lexicon import lexicon
from racing.reading.reader import tell

#: Why a comparison with it is left out where it is not installed.
TRAINING = (
    "PyTorch is for training the nets (scripts/training), and hundreds of megabytes: the product reads without it"
)
_TWO_RACES = """Course 1 : l'éclat de {a}

{a} s'impose samedi devant {b} et {c}. Parti troisième, il prend la tête au premier freinage.

Course 2 : {b} prend sa revanche

Le dimanche, {b} décroche la victoire. {c} termine deuxième, {a} abandonne au dixième tour.
"""


def _view(text: str) -> Outlook:
    return trained_net().look(tell(text, lexicon("fr")))


def _near(one: str, other: str) -> float:
    table = word_table()
    a, b = table.vectors(np.array([table.row_of(one), table.row_of(other)]))
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


@pytest.mark.parametrize("word", ["decroche", "empoche", "adjuge", "wins", "gewinnt", "vince", "gana"])
def test_words_of_winning_lie_together_and_far_from_giving_up(word: str) -> None:
    assert _near(word, "gagne") > _near(word, "abandonne") + 0.2


def test_words_of_five_languages_for_one_thing_lie_together() -> None:
    for one, other in itertools.combinations(("troisieme", "third", "dritte", "terzo", "tercero"), 2):
        assert _near(one, other) > 0.8


def test_an_unknown_word_takes_the_row_of_one_that_begins_alike() -> None:
    table = word_table()
    assert "gagneraientx" not in table.words
    assert table.words[table.row_of("gagneraientx")] == "gagneraient"


def test_a_word_that_begins_like_none_has_a_vector_of_noughts() -> None:
    table = word_table()
    assert table.row_of("qzxwvk") == -1
    assert not table.vectors(np.array([-1])).any()


@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_a_chain_gives_what_all_its_paths_weigh_together(length: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    emissions = chance.normal(size=(length, 3)).astype(np.float32)
    moves = chance.normal(size=(length, 3, 3)).astype(np.float32)
    weights = np.zeros((length, 3))
    for path in itertools.product(range(3), repeat=length):
        score = sum(emissions[at, label] for at, label in enumerate(path))
        score += sum(moves[at, path[at - 1], path[at]] for at in range(1, length))
        for at, label in enumerate(path):
            weights[at, label] += np.exp(score)
    assert np.allclose(chain(emissions[None], moves[None])[0], weights / weights.sum(1, keepdims=True), atol=1e-4)


def _weights(seed: int, given_width: int, width: int, nets: int = 1) -> dict[str, np.ndarray]:
    chance = np.random.default_rng(seed)
    return {
        f"g.{name}_l0{way}": chance.normal(size=(nets, *shape)).astype(np.float32)
        for way in ("", "_reverse")
        for name, shape in (
            ("weight_ih", (3 * width, given_width)),
            ("weight_hh", (3 * width, width)),
            ("bias_ih", (3 * width,)),
            ("bias_hh", (3 * width,)),
        )
    }


def test_a_recurrent_layer_reads_each_sequence_as_if_it_were_alone() -> None:
    weights = _weights(1, 5, 4)
    rows = np.random.default_rng(2).normal(size=(9, 5)).astype(np.float32)
    starts = np.array([0, 2, 2, 7, 9])
    together = gru(weights, "g", rows, starts)
    alone = [gru(weights, "g", rows[a:b], np.array([0, b - a])) for a, b in itertools.pairwise(starts) if b > a]
    assert np.allclose(together, np.concatenate(alone, axis=1), atol=1e-6)


def test_each_net_of_several_reads_as_if_it_were_alone() -> None:
    weights = _weights(6, 5, 4, nets=3)
    rows = np.random.default_rng(7).normal(size=(3, 9, 5)).astype(np.float32)
    starts = np.array([0, 4, 9])
    together = gru(weights, "g", rows, starts)
    for net in range(3):
        own = {name: values[net : net + 1] for name, values in weights.items()}
        assert np.allclose(together[net], gru(own, "g", rows[net], starts)[0], atol=1e-6)


def test_a_recurrent_layer_does_what_pytorch_does() -> None:
    torch = pytest.importorskip("torch", reason=TRAINING)
    weights = _weights(3, 5, 4)
    twin = torch.nn.GRU(5, 4, bidirectional=True, batch_first=True)
    twin.load_state_dict({name[2:]: torch.from_numpy(rows[0]) for name, rows in weights.items()})
    rows = np.random.default_rng(4).normal(size=(7, 5)).astype(np.float32)
    wanted = twin(torch.from_numpy(rows)[None])[0][0].detach().numpy()
    assert np.allclose(gru(weights, "g", rows, np.array([0, 7]))[0], wanted, atol=1e-5)


def test_the_net_in_numpy_says_what_its_twin_in_pytorch_says() -> None:
    torch = pytest.importorskip("torch", reason=TRAINING)
    twins = pytest.importorskip("scripts.training.twin")
    table = word_table()
    story = tell(_TWO_RACES.format(a="Élie Marchand", b="Tom Verhaegen", c="Luca Bassi"), lexicon("fr"))
    sight = see(story, table)
    values = {value: number for number, value in enumerate(sorted(set(sight.values)), 1)}
    torch.manual_seed(5)
    twin = twins.Twin(len(values) + 1, torch.from_numpy(table.vectors(np.arange(len(table.words))))).eval()
    weights = {name: rows.numpy()[None] for name, rows in twin.state_dict().items() if name not in ("vectors", "hide")}
    with torch.no_grad():
        said = twin(twins.batch([(sight, value_numbers(sight.values, values))]))
    outlook = Net(weights, values, table).look(story)
    assert np.allclose(outlook.sessions, torch.softmax(said["sessions"], 1).numpy(), atol=1e-5)
    races = chain(said["emissions"].numpy()[None], said["steps"].numpy()[None])[0]
    assert np.allclose(outlook.races, races, atol=1e-5)
    for name, rows in (("kinds", "kinds"), ("places", "places"), ("rankings", "rankings")):
        wanted = torch.sigmoid(said[name]).numpy()
        assert np.allclose([getattr(told, rows) for told in outlook.runners], wanted, atol=1e-5)
    races = torch.softmax(said["mention_races"], 1).numpy()
    assert np.allclose([told.races for told in outlook.runners], races, atol=1e-5)
    for name in ("place_at", "ahead_at"):
        nowhere = torch.softmax(said[name], 1)[:, -1].numpy()
        assert np.allclose([getattr(told, name).nowhere for told in outlook.runners], nowhere, atol=1e-5)


def test_several_nets_together_say_the_mean_of_what_each_says() -> None:
    net = trained_net()
    story = tell(_TWO_RACES.format(a="Élie Marchand", b="Tom Verhaegen", c="Luca Bassi"), lexicon("fr"))
    count = len(net.weights["trans"])
    alone = [
        Net({name: rows[at : at + 1] for name, rows in net.weights.items()}, net.values, net.table).look(story)
        for at in range(count)
    ]
    together = net.look(story)
    assert count > 1
    assert not np.allclose(alone[0].races, alone[1].races, atol=1e-3)
    assert np.allclose(together.races, np.mean([one.races for one in alone], axis=0), atol=1e-5)
    assert np.allclose(together.sessions, np.mean([one.sessions for one in alone], axis=0), atol=1e-5)
    for at, told in enumerate(together.runners):
        own = [one.runners[at] for one in alone]
        assert np.allclose(told.kinds, np.mean([one.kinds for one in own], axis=0), atol=1e-5)
        assert np.isclose(told.place_at.nowhere, np.mean([one.place_at.nowhere for one in own]), atol=1e-5)


def test_the_net_sees_no_names() -> None:
    one = _view(_TWO_RACES.format(a="Élie Marchand", b="Tom Verhaegen", c="Luca Bassi"))
    other = _view(_TWO_RACES.format(a="Jean Falaise", b="Rik Oosterveld", c="Nils Tamm"))
    assert np.allclose(one.sessions, other.sessions, atol=1e-5)
    assert np.allclose(one.races, other.races, atol=1e-5)
    assert np.allclose([told.kinds for told in one.runners], [told.kinds for told in other.runners], atol=1e-5)


def test_the_net_knows_the_race_under_a_heading() -> None:
    story = tell(_TWO_RACES.format(a="Élie Marchand", b="Tom Verhaegen", c="Luca Bassi"), lexicon("fr"))
    view = trained_net().look(story)
    wins = {
        story.text[scene.sentence.span.start :][:10]: view.races[n].argmax() + 1 for n, scene in enumerate(story.scenes)
    }
    assert wins["Élie March"] == 1
    assert wins["Le dimanch"] == 2
    assert wins["Luca Bassi"] == 2


def test_the_net_tells_who_has_a_result_from_who_retired() -> None:
    story = tell(_TWO_RACES.format(a="Élie Marchand", b="Tom Verhaegen", c="Luca Bassi"), lexicon("fr"))
    last = [told for told in trained_net().look(story).runners if told.scene == len(story.scenes) - 1]
    second, retired = last
    assert TOLD[int(np.argmax(second.kinds))] == "results"
    assert TOLD[int(np.argmax(retired.kinds))] == "retirements"
    span, _ = max(second.place_at.at, key=lambda pointed: pointed[1])
    assert story.text[span.start : span.end] == "deuxième"
    assert retired.kinds[TOLD.index("results")] < second.kinds[TOLD.index("results")]


@given(
    st.lists(
        st.sampled_from(
            ["Élie Marchand gagne.", "(", "Course 2", "« Deuxième » !", "12", "1. Tom Lind", "\n\n", "samedi"]
        )
    )
)
@settings(max_examples=30, deadline=None)
def test_any_story_has_a_view_whose_shares_add_up(pieces: list[str]) -> None:
    story = tell(" ".join(pieces) or "x", lexicon("fr"))
    view = trained_net().look(story)
    assert view.sessions.shape == (len(story.scenes), len(SESSIONS))
    assert view.races.shape == (len(story.scenes), RACES + 1)
    assert np.allclose(view.sessions.sum(1), 1, atol=1e-4)
    assert np.allclose(view.races.sum(1), 1, atol=1e-4)
    for told in view.runners:
        pointed = sum(share for _, share in told.place_at.at) + told.place_at.nowhere
        assert pointed <= 1.0001
        assert sum(told.races) == pytest.approx(1, abs=1e-4)


def test_a_sentence_without_end_is_seen_up_to_a_length() -> None:
    story = tell("Élie Marchand " + "gagne et gagne " * 2000, lexicon("fr"))
    sight = see(story, word_table())
    assert np.diff(sight.starts).max() <= 120


def test_a_softmax_of_large_figures_stays_finite() -> None:
    assert softmax(np.array([1e4, 0.0, -1e4], dtype=np.float32)).tolist() == [1, 0, 0]
