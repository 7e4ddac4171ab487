"""The shapes of weights and state are not compared.

numpy notices only some of the wrong shapes: a W with three rows for four neurons fails when the
fourth is visited, with an IndexError, and a W of shape (1, N, N) has an energy. Compare the shape
of W with (N, N).
"""


def _check_network(W, s):
    return np.asarray(W), _check_signs(s, 1)
