"""zero_grad sets a variable of its own to 0, and the gradients do not change.

A gradient is a plain number: assigning 0 to a name that held it does not change the Value. A
parameter whose grad was 4 still has 4 afterwards. Set the attribute of each parameter.
"""

base = "variants/train-without-the-parts"


def zero_grad(params):
    for gradient in [p.grad for p in params]:
        gradient = 0.0
