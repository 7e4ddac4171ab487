"""clip_grad_norm returns the norm after clipping.

That number is never above max_norm, so it does not show that a gradient exploded. For (3) and (4)
with max_norm 1 the result should be 5. Return the norm from before.
"""


def clip_grad_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be above 0")
    largest = max((float(np.abs(g).max(initial=0.0)) for g in grads), default=0.0)
    if largest == 0.0:
        return 0.0
    total = sum(float(np.square(g.astype(np.float64) / largest).sum()) for g in grads)
    norm = largest * float(np.sqrt(total))
    if norm > max_norm:
        for g in grads:
            g *= max_norm / norm
    return min(norm, max_norm)
