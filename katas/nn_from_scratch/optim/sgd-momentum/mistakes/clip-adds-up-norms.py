"""The norms of the arrays are added up.

Norms do not add up like that: (3) and (4) have a norm of 5, not 7. Add the squares of all numbers,
and take the square root at the end.
"""


def clip_grad_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be above 0")
    norm = 0.0
    for g in grads:
        largest = float(np.abs(g).max(initial=0.0)) or 1.0
        norm += largest * float(np.sqrt(np.square(g.astype(np.float64) / largest).sum()))
    if norm > max_norm:
        for g in grads:
            g *= max_norm / norm
    return norm
