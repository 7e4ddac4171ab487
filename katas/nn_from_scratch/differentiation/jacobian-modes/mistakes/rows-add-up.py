"""The gradients of the inputs are not set to 0 between two backward passes.

A backward pass adds to what the leaves have. The second row then contains the first one too: for a · b and
a + 2 b at 3 and 4 it is (5, 5) instead of (1, 2). Set the gradients of the inputs to 0 before each pass.
"""


def jacobian_reverse(f, xs):
    inputs = [Value(x) for x in xs]
    results = f(inputs)
    jacobian = np.zeros((len(results), len(inputs)))
    for i, result in enumerate(results):
        if isinstance(result, Value):
            result.backward()
            jacobian[i] = [leaf.grad for leaf in inputs]
    return jacobian
