"""The pictures of the katas from the neuron to the digits: their numbers, right and wrong."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from xml.etree import ElementTree

import numpy as np
import pytest

from nnkata.checking.runtime import Submission
from nnkata.cli.context import pick_course
from nnkata.course.mistakes import read_mistake
from nnkata.model import Course, Kata
from nnkata.page.picture_runner import KataPicture, PictureRunner
from nnkata.pictures import Picture, grid, loss_curve, model_outputs, network_diagram
from nnkata.sandbox.pool import WorkerPool
from refnn.autograd.value import Value
from refnn.digits.data import frozen_split
from refnn.digits.training import train_digits
from refnn.scalar.mlp import MLP
from refnn.scalar.training import train

KATAS = (
    "neuron-class", "mlp-class", "gradient-descent", "softmax", "he-init", "two-layer-net",
    "digits-training",
)  # fmt: skip
ALWAYS_MISTAKEN = ("wall", "confusion", "learning")
"""Pictures in which a correct module, too, gets something wrong: it has not learnt it yet."""
SVG = "{http://www.w3.org/2000/svg}"
Draw = Callable[..., dict[str, KataPicture]]


@pytest.fixture(scope="module")
def course() -> Course:
    return pick_course("nn_from_scratch")[0]


@pytest.fixture(scope="module")
def draw(course: Course, pool: WorkerPool) -> Draw:
    """Draw a kata's pictures from its reference, or from one of its mistakes."""
    runner = PictureRunner(course, pool)
    kept: dict[str, dict[str, KataPicture]] = {}

    def drawn(name: str, mistake: str = "", text: str = "") -> dict[str, KataPicture]:
        kata = course.katas[name]
        if mistake:
            text = read_mistake(kata, mistake).module
        own = text or kata.reference.read_text(encoding="utf-8")
        if own not in kept:
            submission = Submission("ada", lambda _: own)
            kept[own] = {d.name: d for d in runner.draw(kata, submission)}
        return kept[own]

    return drawn


def picture(drawn: KataPicture) -> Picture:
    assert drawn.own, drawn.problem
    assert drawn.picture is not None
    return drawn.picture


def kinds_of(drawn: Picture) -> set[str]:
    """Return all kinds that the shapes and words of all frames have."""
    return {
        kind
        for n in range(len(drawn.frames))
        for part in ElementTree.fromstring(drawn.svg(n)).iter()
        for kind in part.attrib.get("class", "").split()
    }


def says_wrong(drawn: Picture) -> bool:
    """Whether words of any frame are of the kind that says that something is wrong."""
    return any(
        "wrong" in text.attrib["class"].split()
        for n in range(len(drawn.frames))
        for text in ElementTree.fromstring(drawn.svg(n)).iter(f"{SVG}text")
    )


@pytest.mark.parametrize("name", KATAS)
def test_the_references_pictures_are_well_formed_small_and_without_a_wrong(
    draw: Draw, name: str
) -> None:
    for drawn in draw(name).values():
        shown = picture(drawn)
        for number, frame in enumerate(shown.frames):
            svg = shown.svg(number)
            assert len(svg) < 66_000
            assert frame.canvas.width == 640
            assert frame.canvas.height <= 480
            root = ElementTree.fromstring(svg)
            texts = list(root.iter(f"{SVG}text"))
            assert all(0 <= float(t.attrib["x"]) <= 640 for t in texts)
            assert all(0 < float(t.attrib["y"]) <= frame.canvas.height for t in texts)
        if drawn.name not in ALWAYS_MISTAKEN:
            assert not says_wrong(shown), drawn.name


def right_modules(kata: Kata) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in kata.variants()]


@pytest.mark.parametrize("name", KATAS)
def test_other_right_modules_look_right_too(draw: Draw, course: Course, name: str) -> None:
    for text in right_modules(course.katas[name]):
        for drawn in draw(name, text=text).values():
            shown = picture(drawn)
            if drawn.name not in ALWAYS_MISTAKEN:
                assert not says_wrong(shown), drawn.name


@pytest.mark.parametrize("name", KATAS)
def test_a_wrong_module_is_drawn_or_it_is_said_why_not(
    draw: Draw, course: Course, name: str
) -> None:
    for path in course.katas[name].mistakes()[::4]:
        for drawn in draw(name, path.stem).values():
            assert drawn.picture is not None
            assert drawn.own or drawn.problem, path.stem


@pytest.mark.parametrize("name", [k for k in KATAS if k != "two-layer-net"])
def test_a_stub_gets_the_references_pictures_and_the_reason(
    draw: Draw, course: Course, name: str
) -> None:
    for drawn in draw(name, text=course.katas[name].stub.read_text(encoding="utf-8")).values():
        assert drawn.picture is not None
        assert not drawn.own
        assert "NotImplementedError: " in drawn.problem


# neuron-class


def planes() -> np.ndarray:
    """Return tanh(1.5 x - y + b) for five biases, from the lowest row on, by plain loops."""
    middles = [-2 + 4 * (n + 0.5) / 21 for n in range(21)]
    return np.array(
        [
            [[math.tanh(1.5 * x - y + b) for x in middles] for y in middles]
            for b in (-1.5, -0.75, 0.0, 0.75, 1.5)
        ]
    )


def test_the_plane_holds_what_the_neuron_answers(draw: Draw) -> None:
    shown = picture(draw("neuron-class")["plane"])
    assert np.allclose(shown.numbers["outputs"], planes(), atol=1e-12)
    assert "All outputs are right." in shown.description


def test_a_neuron_without_its_activation_is_drawn_wrong(draw: Draw) -> None:
    shown = picture(draw("neuron-class", "no-activation")["plane"])
    net = np.arctanh(planes())
    assert np.allclose(shown.numbers["outputs"], net, atol=1e-6)
    assert f"up to {np.abs(net - planes()).max():.3g}" in shown.description
    assert says_wrong(shown)
    assert "right" in kinds_of(shown)


# mlp-class


def test_the_network_holds_its_weights_and_what_they_give(draw: Draw) -> None:
    numbers = picture(draw("mlp-class")["network"]).numbers
    assert numbers["sizes"] == [3, 4, 4, 1]
    assert numbers["parameters"] == numbers["listed"] == 41
    a = np.array([1.0, -0.5, 0.25])
    for weights, biases in zip(numbers["weights"], numbers["biases"], strict=True):
        a = np.tanh(np.array(weights) @ a + np.array(biases))
    assert numbers["answers"][-1] == pytest.approx(a.tolist())
    assert numbers["answer"] == pytest.approx(float(a[0]))


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        ("parameters-of-the-first-layer", "parameters() lists 16; the picture has 41"),
        ("inputs-counted-as-a-layer", "should have 4, 4 and 1 neurons, not [3, 4, 4, 1]"),
        ("one-neuron-n-times", "only 3 different neurons"),
        ("every-layer-takes-the-inputs", "Layer 2 does not fit"),
        ("every-layer-sees-the-inputs", "It raises ValueError"),
        ("list-of-one", "these weights give"),
    ],
)
def test_a_wrong_network_says_what_is_wrong_with_it(draw: Draw, mistake: str, words: str) -> None:
    shown = picture(draw("mlp-class", mistake)["network"])
    assert words in shown.description
    assert says_wrong(shown)


# gradient-descent

XS = [(0, 0), (0, 1), (1, 0), (1, 1)]
YS = [-1, 1, 1, -1]


def xor_loss(rows: list[float]) -> float:
    """Return the loss of a 2-4-1 network whose weights are in a row, neuron by neuron."""
    total = 0.0
    for (x1, x2), y in zip(XS, YS, strict=True):
        hidden = [
            math.tanh(rows[3 * n] * x1 + rows[3 * n + 1] * x2 + rows[3 * n + 2]) for n in range(4)
        ]
        net = sum(w * h for w, h in zip(rows[12:16], hidden, strict=True)) + rows[16]
        total += (math.tanh(net) - y) ** 2
    return total / 4


def descended(seed: int, steps: int, clear: bool) -> list[float]:
    """Return the losses of a descent whose slopes are measured."""
    rng = random.Random(seed)
    rows, held, losses = [rng.uniform(-1.0, 1.0) for _ in range(17)], [0.0] * 17, []
    for _ in range(steps):
        losses.append(xor_loss(rows))
        slopes = []
        for n in range(17):
            up, down = (
                [r + step if m == n else r for m, r in enumerate(rows)] for step in (1e-5, -1e-5)
            )
            slopes.append((xor_loss(up) - xor_loss(down)) / 2e-5)
        held = slopes if clear else [h + s for h, s in zip(held, slopes, strict=True)]
        rows = [r - 0.4 * h for r, h in zip(rows, held, strict=True)]
    return losses


@pytest.mark.parametrize(("start", "seed"), [("one start", 1), ("another start", 12)])
def test_losses_with_and_without_zero_grad_are_those_of_measured_slopes(
    draw: Draw, start: str, seed: int
) -> None:
    numbers = picture(draw("gradient-descent")["losses"]).numbers[start]
    assert numbers["yours, train"][:20] == pytest.approx(descended(seed, 20, clear=True), abs=1e-6)
    assert numbers["right"][:20] == pytest.approx(numbers["yours, train"][:20], abs=1e-12)
    kept = numbers["gradients never cleared"][:12]
    assert kept == pytest.approx(descended(seed, 12, clear=False), abs=1e-5)


def test_who_never_clears_the_gradients_sees_their_curve_on_that_one(draw: Draw) -> None:
    shown = picture(draw("gradient-descent", "no-zero-grad")["losses"])
    for numbers in shown.numbers.values():
        yours, kept = numbers["yours, train"], numbers["gradients never cleared"]
        assert yours[:30] == pytest.approx(kept[:30], abs=1e-6)
        assert np.abs(np.subtract(yours, numbers["right"])).max() > 0.1
    assert "train: gradients never cleared." in shown.description
    assert says_wrong(shown)


def test_a_wrong_part_is_drawn_though_train_does_without_it(draw: Draw) -> None:
    shown = picture(draw("gradient-descent", "climbs")["losses"])
    for numbers in shown.numbers.values():
        uphill = numbers["mse_loss, zero_grad, sgd_step in a row"]
        assert uphill[-1] > uphill[0]
        assert numbers["yours, train"] == pytest.approx(numbers["right"], abs=1e-6)
    assert "The parts: off by up to" in shown.description


def test_the_plane_shows_xor_being_learnt(draw: Draw) -> None:
    shown = picture(draw("gradient-descent")["learning"])
    assert shown.numbers["outputs"].shape == (12, 21, 21)
    assert len(shown.frames) == 12
    assert shown.numbers["right"][-1] == 4
    assert shown.numbers["right"][0] < 4


def test_losses_of_samples_one_by_one_are_told_to_be_off(draw: Draw) -> None:
    shown = picture(draw("gradient-descent", "step-per-sample")["losses"])
    assert "train: off by up to" in shown.description


# softmax


def test_softmax_is_nan_from_where_its_exponentials_leave_the_floats(draw: Draw) -> None:
    numbers = picture(draw("softmax")["growing_gap"]).numbers
    gap, p = numbers["gap"], 1 / (1 + math.exp(-1))
    assert np.allclose(numbers["yours"], p)
    ends = {way: gap[np.isnan(numbers[way]).any(axis=1)].min() for way in ("one maximum", "none")}
    # e^-746 is 0, and e^710 is infinite: the next gaps that are asked.
    assert ends == {"one maximum": 752.0, "none": 712.0}


def test_the_bars_are_the_probabilities(draw: Draw) -> None:
    numbers = picture(draw("softmax")["bars"]).numbers
    for factor, p in zip(numbers["factors"], numbers["probabilities"], strict=True):
        shares = [math.exp(factor * (score - 2)) for score in (2, 1, 0, -1)]
        assert p == pytest.approx([share / sum(shares) for share in shares], abs=1e-12)


def test_a_softmax_with_one_maximum_is_drawn_as_the_way_it_is(draw: Draw) -> None:
    shown = picture(draw("softmax", "global-max")["growing_gap"])
    one, yours = shown.numbers["one maximum"], shown.numbers["yours"]
    assert np.array_equal(one, yours, equal_nan=True)
    assert "yours: wrong from a gap of 736, the first row nan from 752" in shown.description
    assert says_wrong(shown)


def test_bars_that_overflow_are_called_nan(draw: Draw) -> None:
    shown = picture(draw("softmax", "no-shift")["bars"])
    assert np.isnan(shown.numbers["probabilities"][-1]).any()
    assert "1 of 6 are wrong" in shown.description
    words = "".join(ElementTree.fromstring(shown.svg(5)).itertext())
    assert "wrong: nan" in words


# he-init

SHRINK = {"he": 2.0, "xavier": 1.0, "lecun": 1.0}


def test_a_signal_keeps_its_size_or_shrinks_as_the_variances_say(draw: Draw) -> None:
    numbers = picture(draw("he-init")["thirty_layers"]).numbers
    for scheme in ("he_normal", "he_uniform", "xavier_normal", "xavier_uniform", "lecun_normal"):
        factor = SHRINK[scheme.partition("_")[0]]
        # ReLU halves the mean square at every layer.
        for activation, share in (("relu", 0.5), ("linear", 1.0)):
            right = math.log10(factor * share) * 15
            assert math.log10(numbers[activation][scheme][-1]) == pytest.approx(right, abs=0.8)
        assert len(numbers["relu"][scheme]) == 31
    assert math.log10(numbers["relu"]["spread 1"][-1]) == pytest.approx(15 * math.log10(32))
    assert math.log10(numbers["linear"]["spread 0.02"][-1]) == pytest.approx(
        15 * math.log10(64 * 0.0004)
    )


def test_without_the_two_the_signal_fades_and_the_picture_says_so(draw: Draw) -> None:
    shown = picture(draw("he-init", "he-without-the-two")["thirty_layers"])
    assert math.log10(shown.numbers["relu"]["he_normal"][-1]) == pytest.approx(-4.5, abs=0.8)
    assert "Wrong: he_normal should end at 1" in shown.description
    assert says_wrong(shown)
    assert "right" in kinds_of(shown)


def test_the_spread_of_the_weights_is_that_of_the_formula(draw: Draw) -> None:
    numbers = picture(draw("he-init")["weights"]).numbers
    variances = {"he": 2 / 150, "xavier": 2 / 200, "lecun": 1 / 150}
    for scheme, found in numbers.items():
        spread = math.sqrt(variances[scheme.partition("_")[0]])
        assert found["spread"] == pytest.approx(spread, rel=0.03)
        assert found["right"].sum() * 0.84 / 48 == pytest.approx(1.0, abs=0.01)
        assert found["astray"] < 0.06


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        ("he-uniform-one-sided", "he_uniform: spread 0.058, right 0.115, wrong: 50% misplaced"),
        ("he-transposed", "wrong shape: (50, 150)"),
        ("lecun-with-the-two", "lecun_normal: spread 0.115, right 0.082, wrong"),
    ],
)
def test_weights_that_are_spread_wrongly_are_told(draw: Draw, mistake: str, words: str) -> None:
    assert words in picture(draw("he-init", mistake)["weights"]).description


# two-layer-net


def test_right_gradients_have_no_error_that_counts(draw: Draw) -> None:
    numbers = picture(draw("two-layer-net")["gradient_check"]).numbers
    shapes = {"W1": (6, 5), "b1": (5,), "W2": (5, 4), "b2": (4,)}
    for hidden in ("tanh", "relu"):
        assert {n: e.shape for n, e in numbers[hidden].items()} == shapes
        assert max(e.max() for e in numbers[hidden].values()) < 1e-6


def test_a_wrong_gradient_is_wrong_in_its_own_cells_only(draw: Draw) -> None:
    shown = picture(draw("two-layer-net", "one-minus-a")["gradient_check"])
    tanh, relu = shown.numbers["tanh"], shown.numbers["relu"]
    assert (tanh["W1"] > 1e-6).all()
    assert (tanh["b1"] > 1e-6).all()
    assert tanh["W2"].max() < 1e-6
    assert max(e.max() for e in relu.values()) < 1e-6
    assert "W1: 30 of 30 wrong" in shown.description


def test_a_sum_in_place_of_a_mean_is_eight_times_the_gradient(draw: Draw) -> None:
    numbers = picture(draw("two-layer-net", "sums-in-gradients-only")["gradient_check"]).numbers
    assert numbers["tanh"]["W2"] == pytest.approx(np.full((5, 4), 7 / 8), abs=1e-6)


def test_the_loss_falls_as_the_right_one_does(draw: Draw) -> None:
    numbers = picture(draw("two-layer-net")["steps"]).numbers
    for hidden in ("tanh", "relu"):
        assert len(numbers[hidden]["yours"]) == 41
        assert numbers[hidden]["yours"] == pytest.approx(numbers[hidden]["right"], abs=1e-9)
    wrong = picture(draw("two-layer-net", "loss-is-a-sum")["steps"])
    assert wrong.numbers["tanh"]["yours"][0] == pytest.approx(8 * numbers["tanh"]["right"][0])
    assert "off by up to" in wrong.description


def test_the_faulty_program_to_be_repaired_is_drawn_with_its_faults(
    draw: Draw, course: Course
) -> None:
    stub = course.katas["two-layer-net"].stub.read_text(encoding="utf-8")
    shown = picture(draw("two-layer-net", text=stub)["gradient_check"])
    assert "W1: 30 of 30 wrong" in shown.description
    assert says_wrong(shown)


# digits-training


@pytest.fixture(scope="module")
def readings() -> tuple[list[int], list[int]]:
    """Return what the test images show, and what a network reads after 20 epochs."""
    split = frozen_split()
    report = train_digits(split, np.random.default_rng(0), hidden_size=32, epochs=20)
    return split.y_test.tolist(), report.network.forward(split.X_test).argmax(axis=1).tolist()


def test_the_wall_frames_what_the_network_misreads(
    draw: Draw, readings: tuple[list[int], list[int]]
) -> None:
    true, read = readings
    numbers = picture(draw("digits-training")["wall"]).numbers
    assert numbers["misread"] == [n for n in range(359) if true[n] != read[n]]
    assert numbers["read"] == read


def test_the_confusion_matrix_counts_every_test_image(
    draw: Draw, readings: tuple[list[int], list[int]]
) -> None:
    counts = picture(draw("digits-training")["confusion"]).numbers["counts"]
    pairs = list(zip(*readings, strict=True))
    for shown in range(10):
        for taken in range(10):
            assert counts[shown, taken] == pairs.count((shown, taken))
    assert counts.sum() == 359


def test_first_layer_weights_are_those_before_and_while_it_learns(draw: Draw) -> None:
    moments = picture(draw("digits-training")["first_weights"]).numbers["weights"]
    assert [w.shape for w in moments] == [(64, 32)] * 6
    start = np.random.default_rng(0).normal(0.0, math.sqrt(2 / 64), size=(64, 32))
    assert np.array_equal(moments[0], start)
    moved = [float(np.abs(w - start).mean()) for w in moments]
    assert moved == sorted(moved)
    assert moved[0] == 0.0 < moved[1]


def test_progress_is_what_training_reported_and_what_counting_gives(
    draw: Draw, readings: tuple[list[int], list[int]]
) -> None:
    shown = picture(draw("digits-training")["progress"])
    true, read = readings
    accuracy = sum(a == b for a, b in zip(true, read, strict=True)) / 359
    assert shown.numbers["counted"][-1] == pytest.approx(accuracy)
    assert shown.numbers["accuracy"] == pytest.approx(shown.numbers["counted"])
    assert shown.numbers["loss again"][-1] == pytest.approx(shown.numbers["losses"][-1])
    assert len(shown.numbers["losses"]) == 21


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        ("accuracy-in-percent", "accuracy() wrong: 96.94, not 0.969"),
        ("training-accuracy", "Accuracy wrong:"),
        ("losses-added-up", "Losses wrong:"),
    ],
)
def test_a_report_that_is_wrong_is_told(draw: Draw, mistake: str, words: str) -> None:
    shown = picture(draw("digits-training", mistake)["progress"])
    assert words in shown.description
    assert says_wrong(shown)


# anybody's own objects


def test_the_drawing_functions_take_ones_own_objects() -> None:
    model = MLP(2, [12, 1], random.Random(0))
    diagram = network_diagram(model, [0.5, -1.0])
    assert diagram.numbers["parameters"] == 49
    answer = model([0.5, -1.0])
    assert isinstance(answer, Value)
    assert diagram.numbers["outputs"][-1] == pytest.approx([answer.data])
    words = "".join(ElementTree.fromstring(diagram.svg()).itertext())
    assert "8 of 12" in words
    points = grid((0.0, 1.0), (0.0, 1.0), 5)
    plane = model_outputs(model, points)
    corner = model(points[0, 0].tolist())
    assert isinstance(corner, Value)
    assert plane[0, 0] == corner.data
    losses = train(model, XS, YS, 5, 0.1)
    assert loss_curve(losses).numbers["loss"] == losses


def test_a_weight_that_is_no_number_is_drawn_as_one_that_is_wrong() -> None:
    model = MLP(2, [2, 1], random.Random(0))
    model.layers[0].neurons[0].w[0].data = math.nan
    drawn = network_diagram(model, [1.0, 1.0])
    assert math.isnan(drawn.numbers["outputs"][-1][0])
    assert says_wrong(drawn)
