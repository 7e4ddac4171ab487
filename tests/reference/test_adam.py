"""Adam, compared with ONNX's reference, with explicit sums by mpmath, and with closed forms."""

import math
from typing import Any

import mpmath
import numpy as np
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

from refnn.optim.adam import Adam

Floats = NDArray[np.floating[Any]]
SHAPES: list[tuple[int, ...]] = [(), (3,), (2, 3), (2, 3), (0, 2)]


def onnx_adam(beta1: float, beta2: float) -> ReferenceEvaluator:
    """Return ONNX's Adam for one array. It folds the corrections into the learning rate."""
    node = helper.make_node(
        "Adam", ["R", "T", "X", "G", "V", "H"], ["X2", "V2", "H2"],
        domain="ai.onnx.preview.training", alpha=beta1, beta=beta2, epsilon=1e-12,
        norm_coefficient=0.0, norm_coefficient_post=0.0,
    )  # fmt: skip
    inputs = [
        helper.make_tensor_value_info(
            n, TensorProto.INT64 if n == "T" else TensorProto.DOUBLE, None
        )
        for n in node.input
    ]
    outputs = [helper.make_tensor_value_info(n, TensorProto.DOUBLE, None) for n in node.output]
    graph = helper.make_graph([node], "adam", inputs, outputs)
    opsets = [helper.make_opsetid("ai.onnx.preview.training", 1), helper.make_opsetid("", 18)]
    return ReferenceEvaluator(helper.make_model(graph, opset_imports=opsets))


@pytest.mark.parametrize("betas", [(0.9, 0.999), (0.5, 0.8)])
def test_the_path_is_that_of_onnx(betas: tuple[float, float]) -> None:
    rng = np.random.default_rng(0)
    params: list[Floats] = [np.asarray(rng.normal(size=shape)) for shape in SHAPES]
    state = [(p.copy(), np.zeros_like(p), np.zeros_like(p)) for p in params]
    optimizer, onnx = Adam(0.01, betas, eps=1e-12), onnx_adam(*betas)
    for t in range(1, 9):
        grads = [np.asarray(rng.normal(size=shape)) for shape in SHAPES]
        optimizer.step(params, grads)
        for i, (x, v, h) in enumerate(state):
            feeds = {"R": np.float64(0.01), "T": np.int64(t), "X": x, "G": grads[i], "V": v, "H": h}
            got: Any = onnx.run(None, {k: np.asarray(value) for k, value in feeds.items()})
            state[i] = got[0], got[1], got[2]
            # ONNX stores its attributes in float32.
            np.testing.assert_allclose(params[i].tolist(), got[0].tolist(), atol=1e-6)


def exact_path(start: float, grads: list[float], options: dict[str, float]) -> list[Any]:
    """Compute all steps with 50 digits, with each mean written as one sum over all gradients."""
    mpmath.mp.dps = 50
    lr, eps, decay = (mpmath.mpf(options[name]) for name in ("lr", "eps", "weight_decay"))
    b1, b2 = mpmath.mpf(options["b1"]), mpmath.mpf(options["b2"])
    p, path, seen = mpmath.mpf(start), [], []
    for t, g in enumerate(grads, 1):
        seen.append(g if options["decoupled"] else g + decay * p)
        w1 = [b1 ** (t - i) for i in range(1, t + 1)]
        w2 = [b2 ** (t - i) for i in range(1, t + 1)]
        mean = mpmath.fdot(w1, seen) / mpmath.fsum(w1)
        square = mpmath.fdot(w2, [d * d for d in seen]) / mpmath.fsum(w2)
        own = lr * decay * p if options["decoupled"] else 0
        p = p - own - lr * mean / (mpmath.sqrt(square) + eps)
        path.append(p)
    return path


@pytest.mark.parametrize("decoupled", [True, False])
@pytest.mark.parametrize("eps", [1e-8, 0.1])
@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e4])
def test_means_are_weighted_sums(scale: float, eps: float, decoupled: bool) -> None:
    grads = (scale * np.random.default_rng(1).normal(size=10)).tolist()
    options = {"lr": 0.05, "eps": eps, "weight_decay": 0.3, "b1": 0.9, "b2": 0.99}
    optimizer = Adam(0.05, (0.9, 0.99), eps, 0.3, decoupled)
    p = np.array([0.7])
    for g, exact in zip(
        grads, exact_path(0.7, grads, options | {"decoupled": decoupled}), strict=True
    ):
        optimizer.step([p], [np.array([g])])
        assert p.item() == pytest.approx(float(exact), rel=1e-10, abs=1e-12)


def first_step(g: float, **options: Any) -> float:
    """Return the first step in units of lr."""
    p = np.zeros(1)
    Adam(0.1, **options).step([p], [np.array([g])])
    return -p.item() / 0.1


def test_the_numbers_of_the_lesson() -> None:
    optimizer, p = Adam(0.1), np.array([1.0])
    got = []
    for g in (0.5, -0.5):
        optimizer.step([p], [np.array([g])])
        got.append(p.item())
    assert got == pytest.approx([0.9, 0.9053], abs=5e-5)
    assert 0.1 / math.sqrt(0.001) == pytest.approx(3.16, abs=5e-3)
    assert 1 / math.sqrt(0.001) == pytest.approx(31.6, abs=5e-2)
    assert first_step(1e-6) == pytest.approx(0.99, abs=5e-3)
    assert 1e-6 / math.sqrt(1e-12 + 1e-8) == pytest.approx(0.01, abs=5e-4)
    for size in (1e-3, 1.0, 200.0, 1e100):
        assert first_step(-size) == pytest.approx(-1, abs=1e-4)


def test_decoupled_decay_without_gradients_is_a_power() -> None:
    p, optimizer = np.array([2.0, -1.0]), Adam(0.1, weight_decay=0.5)
    for _ in range(20):
        optimizer.step([p], [np.zeros(2)])
    np.testing.assert_allclose(p, np.array([2.0, -1.0]) * 0.95**20)


def test_gradient_arrays_may_be_used_again_and_are_not_changed() -> None:
    p, q, buffer = np.ones(2), np.ones(2), np.empty(2)
    one, other = (Adam(0.1, weight_decay=0.1, decoupled=False) for _ in range(2))
    for g in ([1.0, 2.0], [-3.0, 0.5], [0.0, 1.0]):
        buffer[:] = g
        one.step([p], [buffer])
        other.step([q], [np.array(g)])
        assert buffer.tolist() == g
    assert p.tolist() == q.tolist()


def test_arrays_are_changed_in_place_and_keep_their_dtype() -> None:
    matrix = np.ones((3, 4), np.float32)
    views: list[Floats] = [matrix[:, 1], matrix[:2, 2:].T]
    Adam(0.5, weight_decay=0.1).step(views, [np.ones(3), np.ones((2, 2))])
    assert matrix.dtype == np.float32
    assert (matrix == 1).tolist() == [[True, False, False, False]] * 2 + [[True, False, True, True]]
    Adam().step([], [])


@pytest.mark.parametrize("decoupled", [True, False])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_arrays_move_together_as_each_moves_alone(dtype: type, decoupled: bool) -> None:
    rng = np.random.default_rng(0)

    def new() -> Adam:
        return Adam(0.1, weight_decay=0.2, decoupled=decoupled)

    together: list[Floats] = [rng.normal(size=shape).astype(dtype) for shape in SHAPES]
    alone = [p.copy() for p in together]
    optimizer, optimizers = new(), [new() for _ in SHAPES]
    for _ in range(5):
        grads: list[Floats] = [rng.normal(size=shape).astype(dtype) for shape in SHAPES]
        optimizer.step(together, grads)
        for own, p, g in zip(optimizers, alone, grads, strict=True):
            own.step([p], [g])
    for p, q in zip(together, alone, strict=True):
        assert p.dtype == dtype
        np.testing.assert_array_equal(p, q)


def test_what_is_refused() -> None:
    wrong: list[dict[str, Any]] = [
        {"lr": -0.1}, {"lr": math.nan}, {"betas": (-0.1, 0.9)}, {"betas": (0.9, 1.0)}, {"eps": 0.0},
        {"weight_decay": -1.0},
    ]  # fmt: skip
    for options in wrong:
        with pytest.raises(ValueError, match="must"):
            Adam(**options)
    params, one = [np.ones(2), np.ones((3, 1))], np.ones(2)
    cases: list[list[Floats]] = [[], [one], [one, np.ones(3)], [one, np.ones((1, 1))]]
    for grads in cases:
        with pytest.raises(ValueError, match="shape"):
            Adam(0.1).step(params, grads)
    assert all((p == 1).all() for p in params)
