"""Gradients whose norm is below max_norm are made longer.

Clipping is a limit. A gradient of norm 0.001 becomes a thousand times as long with max_norm 1, so
near the minimum the steps no longer get smaller. Multiply only if the norm is above max_norm.
"""


def clip_grad_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be above 0")
    largest = max((float(np.abs(g).max(initial=0.0)) for g in grads), default=0.0)
    if largest == 0.0:
        return 0.0
    total = sum(float(np.square(g.astype(np.float64) / largest).sum()) for g in grads)
    norm = largest * float(np.sqrt(total))
    for g in grads:
        g *= max_norm / norm
    return norm
