"""Turn numbers into decisions: 1 above zero, 0 below."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def step(x: ArrayLike, at_zero: int = 1) -> NDArray[np.int64]:
    """Return 1 where ``x > 0``, 0 where ``x < 0``, and ``at_zero`` where ``x`` is exactly 0.

    Args:
        x: one number, or a list or an array of numbers, of any shape. It is not changed.
        at_zero: the result at 0.0 and at -0.0: 0 or 1.

    Returns:
        A new int64 array of the shape of ``x`` (for one number, one integer is enough). nan is
        neither above zero nor zero, so it gives 0.

    Source: W. McCulloch and W. Pitts, A logical calculus of the ideas immanent in nervous
    activity, 1943. Mathematicians call it the Heaviside function.
    """
    numbers = np.asarray(x)
    return np.where(numbers > 0, 1, np.where(numbers == 0, at_zero, 0)).astype(np.int64)
