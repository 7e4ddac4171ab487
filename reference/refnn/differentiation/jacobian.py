"""All derivatives of a function of N numbers with M results, in forward and in reverse mode.

Forward mode computes the Jacobian column by column, with one call per input. Reverse mode computes
it row by row, with one backward pass per result. A loss has one result, so training uses reverse.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..autograd.value import Value
from .dual import jvp

Numbers = Sequence[float] | NDArray[Any]


def jacobian_forward(f: Callable[[list[Any]], Sequence[Any]], xs: Numbers) -> NDArray[np.float64]:
    """Return the Jacobian J, J_ij = ∂y_i/∂x_j, (M, N), from N calls to f with dual numbers.

    Call j gives column j: it is the product of J and the velocities e_j, which are 1 for input j
    and 0 for the others. No graph is made.

    Args:
        f: a function of one list of N numbers, made of operations that Dual has. It returns a list
            or tuple of M results, at least one; some may be plain numbers, which are constants.
        xs: N plain numbers, at least one: a list, a tuple or an array. It is not changed.

    Source: R. Wengert, "A simple automatic derivative evaluation program" (1964).
    """
    columns = [jvp(f, list(xs), direction.tolist())[1] for direction in np.eye(len(xs))]
    return np.array(columns, dtype=np.float64).T


def jacobian_reverse(f: Callable[[list[Any]], Sequence[Any]], xs: Numbers) -> NDArray[np.float64]:
    """Return the same Jacobian, (M, N), from one call to f with Values and M backward passes.

    Pass i starts at result i and gives row i: the gradient of this result. The graph is made once;
    the gradients of the inputs are set to 0 before each pass, because a backward pass adds to them.

    Args:
        f: a function of one list of N numbers, made of operations that Value has. It returns a
            list or tuple of M results, at least one; the row of a plain number is 0.
        xs: N plain numbers, at least one: a list, a tuple or an array. It is not changed.

    Source: S. Linnainmaa, "Taylor expansion of the accumulated rounding error" (1976).
    """
    inputs = [Value(x) for x in xs]
    results = f(inputs)
    jacobian = np.zeros((len(results), len(inputs)))
    for i, result in enumerate(results):
        if isinstance(result, Value):
            for leaf in inputs:
                leaf.grad = 0.0
            result.backward()
            jacobian[i] = [leaf.grad for leaf in inputs]
    return jacobian


def cheaper_mode(n: int, m: int) -> str:
    """Return the mode that needs fewer passes for n inputs and m results.

    Forward mode needs n passes and reverse mode m. For n = m the answer is "forward", which
    stores no graph.

    Args:
        n, m: integers, at least 1.

    Returns:
        "forward" or "reverse".
    """
    return "forward" if n <= m else "reverse"
