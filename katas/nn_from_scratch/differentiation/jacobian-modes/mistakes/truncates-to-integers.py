"""The Jacobian gets the dtype of xs, so integers in xs give integers.

Every derivative is then truncated: the slope 0.5 becomes 0. Derivatives are floats, whatever the inputs are.
"""


def jacobian_reverse(f, xs):
    inputs = [Value(x) for x in xs]
    results = f(inputs)
    jacobian = np.zeros((len(results), len(inputs)), dtype=np.asarray(xs).dtype)
    for i, result in enumerate(results):
        if isinstance(result, Value):
            for leaf in inputs:
                leaf.grad = 0.0
            result.backward()
            jacobian[i] = [leaf.grad for leaf in inputs]
    return jacobian
