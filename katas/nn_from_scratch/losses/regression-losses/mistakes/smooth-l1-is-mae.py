"""smooth_l1 and smooth_l1_grad return what mae and mae_grad return.

MAE has a corner at 0. Smooth L1 is a parabola there: in the example with beta = 2 the loss is 1.03125,
and MAE is 1.75.
"""

base = "variants/separate"


def smooth_l1(pred, y, beta=1.0):
    _test(beta)
    return mae(pred, y)


def smooth_l1_grad(pred, y, beta=1.0):
    _test(beta)
    return mae_grad(pred, y)
