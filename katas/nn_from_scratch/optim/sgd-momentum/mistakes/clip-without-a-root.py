"""The square root is missing: the sum of the squares is used as the norm.

(3) and (4) have a norm of 5, and the sum of their squares is 25. With max_norm 1 they then become
0.12 and 0.16, which is 5 times too short.
"""


def clip_grad_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be above 0")
    norm = sum(float(np.square(g.astype(np.float64)).sum()) for g in grads)
    if norm > max_norm:
        for g in grads:
            g *= max_norm / norm
    return norm
