"""jacobian_forward calls f once, with a velocity of 1 for every input.

The slope of a result is then the sum of its row: for a · b at 3 and 4 it is 7, and the parts 4 and 3
cannot be told apart. Let one input move per call.
"""


def jacobian_forward(f, xs):
    slopes = jvp(f, list(xs), [1.0] * len(xs))[1]
    return np.array(slopes, dtype=np.float64).reshape(-1, 1)
