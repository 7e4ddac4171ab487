"""Each array is clipped by a norm of its own.

Then the direction changes: (3) and (4) with max_norm 1 become (1) and (1), but they should become
(0.6) and (0.8). Add up the squares of all arrays, take one square root, and use one factor for all.
"""


def clip_grad_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be above 0")
    squares = 0.0
    for g in grads:
        largest = float(np.abs(g).max(initial=0.0)) or 1.0
        norm = largest * float(np.sqrt(np.square(g.astype(np.float64) / largest).sum()))
        if norm > max_norm:
            g *= max_norm / norm
        squares = float(np.hypot(squares, norm))
    return squares
