"""clip_grad_norm does not change the gradients that it is given.

g = g * factor makes a new array, and the optimizer still sees the old one: (3) and (4) stay what
they are. Write the numbers into the arrays that exist.
"""


def clip_grad_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be above 0")
    largest = max((float(np.abs(g).max(initial=0.0)) for g in grads), default=0.0)
    if largest == 0.0:
        return 0.0
    total = sum(float(np.square(g.astype(np.float64) / largest).sum()) for g in grads)
    norm = largest * float(np.sqrt(total))
    return norm
