"""The squares overflow for huge gradients.

(1e200)² is inf, so the norm is inf, the factor is 0, and the gradient is lost just when it
explodes. In float32 this happens from 2e19 on. Divide by the largest absolute number before
squaring, and multiply the square root by it.
"""


def clip_grad_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be above 0")
    norm = float(np.sqrt(sum(float(np.square(g.astype(np.float64)).sum()) for g in grads)))
    if norm > max_norm:
        for g in grads:
            g *= max_norm / norm
    return norm
