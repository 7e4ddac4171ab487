"""A row is what the gradients are after a pass, minus what they were before it.

For numbers of similar size that is right. If an earlier row contains 1e20, the difference loses
everything that is smaller than about 10000: a row of 3 and 4 becomes 0. Set the gradients to 0
before each pass.
"""


def jacobian_reverse(f, xs):
    inputs = [Value(x) for x in xs]
    results = f(inputs)
    jacobian = np.zeros((len(results), len(inputs)))
    for i, result in enumerate(results):
        if isinstance(result, Value):
            before = np.array([leaf.grad for leaf in inputs])
            result.backward()
            jacobian[i] = np.array([leaf.grad for leaf in inputs]) - before
    return jacobian
