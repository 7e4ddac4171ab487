"""The language model, compared with sums over single positions and with measured gradients."""

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import log_softmax
from scipy.stats import chisquare

from refnn.language.char_model import CharModel

Floats = NDArray[np.floating[Any]]
VOCABULARY = "0123456789+=\n"


def make(vocab: str = "abcde", d: int = 4, layers: int = 2, context: int = 6) -> CharModel:
    model = CharModel(vocab, d, 2, layers, context, np.random.default_rng(0))
    rng = np.random.default_rng(1)
    for array in model.params.values():
        array[...] = rng.normal(0, 0.5, array.shape)
    return model


def some_ids(*shape: int, v: int = 5) -> NDArray[np.integer[Any]]:
    return np.random.default_rng(2).integers(0, v, shape)


def test_the_numbers_of_the_lesson() -> None:
    model = CharModel("ab\n", 4, 2, 1, 4, np.random.default_rng(0))
    ids = model.encode("aba\n")
    assert ids.tolist() == [0, 1, 0, 2]
    model.params["head.W"][...] = 0
    assert model.loss(ids[np.newaxis]) == pytest.approx(1.0986, abs=5e-5)
    model.params["head.b"][...] = np.log([0.5, 0.25, 0.25])
    assert model.loss(ids[np.newaxis]) == pytest.approx(1.155, abs=5e-4)
    assert 2 * (math.log(9) + math.log(10)) == pytest.approx(9.0, abs=0.005)
    assert math.log(13) == pytest.approx(2.56, abs=0.005)


def test_the_loss_is_the_mean_over_the_next_characters() -> None:
    model, ids = make(), some_ids(3, 7)
    total = 0.0
    for row in ids.tolist():
        for place in range(1, len(row)):
            z = model.logits([row[:place]])[0, -1]
            total -= float(log_softmax(z)[row[place]])
    assert model.loss(ids) == pytest.approx(total / 18, rel=1e-10)


def test_a_model_without_blocks_by_hand() -> None:
    model = make(layers=0)
    p, ids = model.params, [[3, 1]]
    for place, (number, angle) in enumerate(zip(ids[0], (0.0, 1.0), strict=True)):
        position = [math.sin(angle), math.cos(angle), math.sin(angle / 100), math.cos(angle / 100)]
        x = p["embedding"][number] + position
        x = (x - x.mean()) / math.sqrt(x.var() + 1e-5) * p["norm.gamma"] + p["norm.beta"]
        expected = x @ p["head.W"] + p["head.b"]
        np.testing.assert_allclose(model.logits(ids)[0, place], expected, rtol=1e-10)


def test_gradients_are_the_measured_ones() -> None:
    model, ids = make(), some_ids(2, 7)
    gradients = model.gradients(ids)
    assert list(gradients) == list(model.params)
    for name, array in model.params.items():
        for place in np.random.default_rng(3).permutation(array.size)[:6]:
            at = np.unravel_index(place, array.shape)
            before = array[at]
            losses = []
            for step in (1e-5, -1e-5):
                array[at] = before + step
                losses.append(model.loss(ids))
            array[at] = before
            measured = (losses[0] - losses[1]) / 2e-5
            assert gradients[name][at] == pytest.approx(measured, rel=1e-5, abs=1e-8)
    again = model.gradients(ids)
    np.testing.assert_array_equal(again["embedding"], gradients["embedding"])


def test_later_characters_change_nothing() -> None:
    model, ids = make(), some_ids(2, 6)
    before = model.logits(ids)
    ids[:, 4:] = (ids[:, 4:] + 1) % 5
    np.testing.assert_array_equal(model.logits(ids)[:, :4], before[:, :4])


@pytest.mark.parametrize(("v", "d"), [(13, 16), (60, 32), (5, 48)])
def test_the_first_loss_is_that_of_a_guess(v: int, d: int) -> None:
    vocab = "".join(map(chr, range(65, 65 + v)))
    model = CharModel(vocab, d, 4, 2, 10, np.random.default_rng(4))
    assert model.loss(some_ids(20, 11, v=v)) == pytest.approx(math.log(v), rel=0.05)


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_samples_have_the_probabilities_of_the_logits(temperature: float) -> None:
    model = make("abc", layers=1, context=2)
    model.params["head.W"][...] = 0
    chances = np.array([0.6, 0.3, 0.1])
    model.params["head.b"][...] = np.log(chances)
    text = model.sample("a", 1000, np.random.default_rng(5), temperature)
    expected = chances ** (1 / temperature)
    counts = [text.count(character) for character in "abc"]
    assert chisquare(counts, 1000 * expected / expected.sum()).pvalue > 1e-3


def test_writing_sees_the_last_characters() -> None:
    model = make(context=3)
    text = model.sample("abcabc", 5, np.random.default_rng(6), temperature=0)
    assert len(text) == 5
    for place in range(5):
        seen = ("abcabc" + text)[place + 3 : place + 6]
        z = model.logits(model.encode(seen)[np.newaxis])[0, -1]
        assert text[place] == "abcde"[int(z.argmax())]
    assert model.sample("a", 0, np.random.default_rng(6)) == ""


def test_training_lowers_the_loss_of_new_sums() -> None:
    rng = np.random.default_rng(7)
    sums = [f"{a}+{b}={a + b}\n" for a, b in rng.integers(10, 100, (1500, 2)).tolist()]
    model = CharModel(VOCABULARY, 16, 2, 1, 12, rng)
    history = model.train("".join(sums[:1400]), 120, rng, learning_rate=0.01)
    assert len(history) == 120
    assert history[0] == pytest.approx(math.log(13), rel=0.05)
    ids = model.encode("".join(sums[1400:]))
    rows = np.array([ids[k : k + 13] for k in range(0, len(ids) - 13, 12)])
    assert model.loss(rows) < 1.85


def test_what_is_refused() -> None:
    model, rng = make(), np.random.default_rng(0)
    for wrong in ("abz", "é"):
        with pytest.raises(ValueError, match="vocabulary"):
            model.encode(wrong)
    with pytest.raises(ValueError, match="once"):
        CharModel("aba", 4, 2, 1, 4, rng)
    no_ids: list[Any] = [[[0] * 7], [0, 1], [[]], [[0, 5]], [[-1, 0]], [[0.0, 1.0]]]
    for ids in no_ids:
        with pytest.raises(ValueError, match="ids must"):
            model.logits(ids)
    too_few: list[Any] = [[[0] * 8], [[0]], np.zeros((0, 3), int)]
    for ids in too_few:
        with pytest.raises(ValueError, match=r"ids must|two characters"):
            model.loss(ids)
    with pytest.raises(ValueError, match="prompt"):
        model.sample("", 3, rng)
    with pytest.raises(ValueError, match="temperature"):
        model.sample("a", 3, rng, -1.0)
    with pytest.raises(ValueError, match="at least 7"):
        model.train("abcabc", 1, rng)
