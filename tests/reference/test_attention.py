"""Attention, compared with onnx and with numbers of 40 digits."""

from typing import Any

import mpmath
import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx.reference import ReferenceEvaluator
from scipy.special import logsumexp

from refnn.attention.attention import attention

Floats = NDArray[np.floating[Any]]
EXAMPLE = ([[1, 1, 1, 1]], [[1, 1, 1, 1], [1, -1, 1, -1], [4, 2, 2, 2]], [[10], [20], [30]])


def draw(*shapes: tuple[int, ...], seed: int = 0) -> list[Floats]:
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape) for shape in shapes]


def largest_weight(length: int, scale: float) -> float:
    """Return the largest of the weights of 100 random keys, on average over 2000 queries."""
    Q, K = draw((2000, length), (100, length))
    return float(attention(scale * Q, K, K)[1].max(axis=1).mean())


def test_the_numbers_of_the_lesson() -> None:
    out, weights = attention(*EXAMPLE)
    assert weights.round(3).tolist() == [[0.047, 0.006, 0.946]]
    assert out.item() == pytest.approx(28.99, abs=0.005)
    assert (weights[0, :2].sum(), (weights[0, :2] @ [10, 20])) == pytest.approx((0.0535, 0.6), 1e-2)
    out, weights = attention(*EXAMPLE, [[True, True, False]])
    assert weights.round(3).tolist() == [[0.881, 0.119, 0]]
    assert out.item() == pytest.approx(11.19, abs=0.005)
    scores = np.array([2.0, 0.0, 0.0])
    assert np.exp(scores - logsumexp(scores))[2] == pytest.approx(0.107, abs=0.0005)
    Q, K = draw((100_000, 64), (100_000, 64))
    assert (Q * K).sum(axis=1).var() == pytest.approx(64, rel=0.02)
    assert largest_weight(64, 1.0) == pytest.approx(0.08, abs=0.005)
    assert largest_weight(64, 8.0) == pytest.approx(0.78, abs=0.02)


def test_the_exact_numbers() -> None:
    Q, K, V = draw((3, 5), (4, 5), (4, 2))
    with mpmath.workdps(40):
        for row in range(3):
            scores = [mpmath.fdot(Q[row].tolist(), key.tolist()) / mpmath.sqrt(5) for key in K]
            powers = [mpmath.exp(score) for score in scores]
            exact = [float(power / mpmath.fsum(powers)) for power in powers]
            np.testing.assert_allclose(attention(Q, K, V)[1][row], exact, rtol=1e-13)
            np.testing.assert_allclose(
                attention(Q, K, V)[0][row], np.array(exact) @ V, rtol=1e-12, atol=1e-14
            )


@pytest.mark.parametrize("leading", [(), (2,), (3, 2)])
@pytest.mark.parametrize("masked", [False, True])
def test_results_are_those_of_onnx(leading: tuple[int, ...], masked: bool) -> None:
    """Compare with the operators of onnx, one after the other."""
    helper, double = onnx.helper, onnx.TensorProto.DOUBLE
    axes = list(range(len(leading)))
    nodes = [
        helper.make_node("Transpose", ["K"], ["Kt"], perm=[*axes, len(axes) + 1, len(axes)]),
        helper.make_node("MatMul", ["Q", "Kt"], ["products"]),
        helper.make_node("Div", ["products", "root"], ["scaled"]),
        helper.make_node("Where", ["mask", "scaled", "hidden"], ["scores"]),
        helper.make_node("Softmax", ["scores"], ["A"], axis=-1),
        helper.make_node("MatMul", ["A", "V"], ["out"]),
    ]
    kinds = {"mask": onnx.TensorProto.BOOL}
    graph = helper.make_graph(
        nodes,
        "attention",
        [
            helper.make_tensor_value_info(name, kinds.get(name, double), None)
            for name in ("Q", "K", "V", "root", "mask", "hidden")
        ],
        [helper.make_tensor_value_info(name, double, None) for name in ("out", "A")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 16)])
    Q, K, V = draw((*leading, 3, 5), (*leading, 4, 5), (*leading, 4, 2), seed=2)
    mask = np.random.default_rng(1).random((*leading, 3, 4)) < 0.6
    mask[..., 1] = True
    if not masked:
        mask[...] = True
    evaluator: Any = ReferenceEvaluator(model)
    feeds = {"Q": Q, "K": K, "V": V, "mask": mask}
    expected = evaluator.run(None, {**feeds, "root": np.sqrt(5.0), "hidden": np.array(-np.inf)})
    results = [attention(Q, K, V, mask)] + ([] if masked else [attention(Q, K, V)])
    for out, weights in results:
        np.testing.assert_allclose(out, expected[0], rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(weights, expected[1], rtol=1e-12, atol=1e-15)
        assert (weights[~mask] == 0).all()


def test_a_hidden_key_is_as_good_as_none() -> None:
    Q, K, V = draw((2, 3, 5), (2, 6, 5), (2, 6, 2))
    K[:, 4] = 300 * Q[:, 0]
    mask = np.ones((3, 6), bool)
    mask[:, 4] = False
    kept = [0, 1, 2, 3, 5]
    out, weights = attention(Q, K, V, mask)
    np.testing.assert_allclose(out, attention(Q, K[:, kept], V[:, kept])[0], rtol=1e-12)
    np.testing.assert_allclose(weights.sum(axis=-1), 1, rtol=1e-12)


def test_tokens_do_not_see_the_future() -> None:
    x, later = draw((6, 3), (2, 3))
    causal = np.tril(np.ones((6, 6), bool))
    changed = np.concatenate([x[:4], 10 * later])
    before, after = (attention(tokens, tokens, tokens, causal)[0] for tokens in (x, changed))
    assert (before[:4] == after[:4]).all()
    assert (before[0] == x[0]).all()
    assert not np.isclose(before[4:], after[4:]).any()


def test_a_query_without_keys() -> None:
    Q, K, V = draw((2, 3), (4, 3), (4, 2))
    mask = np.array([[False] * 4, [True, False, True, True]])
    out, weights = attention(Q, K, V, mask)
    assert not out[0].any()
    assert not weights[0].any()
    np.testing.assert_allclose(weights[1].sum(), 1)
    assert (out[1:] == attention(Q, K, V, mask[[1, 1]])[0][1:]).all()


def test_dtypes_and_sizes() -> None:
    q, k, v = (array.astype(np.float32) for array in draw((2, 3), (4, 3), (4, 2)))
    for result in attention(q, k, v, np.eye(2, 4, dtype=bool)):
        assert result.dtype == np.float32
    many = np.full((1, 2), 100, np.int8)
    out, weights = attention(many, np.concatenate([many, -many]), [[1], [2]])
    assert out.dtype == weights.dtype == np.float64
    assert out.item() == 1.0
    assert attention(np.full((1, 1), 1e4), [[1.0], [-1.0]], [[1], [2]])[0].item() == 1.0
    for leading, n in (((), 0), ((0,), 3), ((2, 0), 1)):
        out, weights = attention(*draw((*leading, n, 3), (*leading, 4, 3), (*leading, 4, 2)))
        assert (out.shape, weights.shape) == ((*leading, n, 2), (*leading, n, 4))


def test_what_is_refused() -> None:
    Q, K, V = draw((2, 3, 5), (2, 4, 5), (2, 4, 1))
    for wrong in (
        (Q[0, 0], K, V), (Q, K[0, 0], V), (Q, K, V[0, 0]), (Q[0], K, V), (Q[:1], K, V),
        (Q, K[0], V[0]), (Q, K, V[:1]), (Q[..., :4], K, V), (Q, K, V[:, :3]), (Q[0, 0], K[0], V[0]),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"Q, K and V|matmul"):
            attention(*wrong)
    for shape in ((4,), (1, 4), (3, 1), (4, 3), (1, 3, 4), (2, 2, 3, 4)):
        with pytest.raises(ValueError, match="mask"):
            attention(Q, K, V, np.ones(shape, bool))
