"""The gradients of integer matrices are stored in integers.

zeros_like makes an array of the dtype of the matrix, which truncates every number: 0.1 times 3 becomes
0. Convert integers to float64 first.
"""

base = "variants/norms"


def l2_penalty_grads(weights, lam):
    gradients = []
    for W, floats in zip(weights, _matrices(weights, lam)):
        gradient = np.zeros_like(W)
        gradient[...] = lam * floats
        gradients.append(gradient)
    return gradients
