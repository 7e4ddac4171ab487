"""Every number is limited to max_norm by itself.

(3) and (4) with max_norm 1 become (1) and (1), so the direction changes, and many small numbers
together can still have a large norm. Compute one norm of all numbers, and multiply all by one
factor.
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
        np.clip(g, -max_norm, max_norm, out=g)
    return norm
