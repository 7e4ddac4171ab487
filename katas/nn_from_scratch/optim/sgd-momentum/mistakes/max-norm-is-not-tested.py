"""clip_grad_norm accepts a max_norm of 0 or below.

With 0 all gradients vanish, and with -1 they change their sign, so that training goes uphill.
Raise a ValueError.
"""


def clip_grad_norm(grads, max_norm):
    largest = max((float(np.abs(g).max(initial=0.0)) for g in grads), default=0.0)
    if largest == 0.0:
        return 0.0
    total = sum(float(np.square(g.astype(np.float64) / largest).sum()) for g in grads)
    norm = largest * float(np.sqrt(total))
    if norm > max_norm:
        for g in grads:
            g *= max_norm / norm
    return norm
