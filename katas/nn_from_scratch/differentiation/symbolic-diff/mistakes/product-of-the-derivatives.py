"""The derivative of a product is computed as the product of the derivatives.

For x · x that is 1 · 1 = 1, and at 3 the slope is 6. Each factor changes while the other multiplies
it, so the derivative has one part per factor.
"""


def _slope_of_product(node, da, db):
    return ("*", da, db)
