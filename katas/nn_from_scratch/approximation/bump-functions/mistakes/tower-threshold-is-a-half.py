"""The neuron in the second layer of tower has a threshold of 0.5.

The sum of the steps is 2 inside and 1 in the arms of the cross, and both are above 0.5: the tower is a cross.
The threshold belongs between 1 and 2.
"""


def tower(x, box, w):
    points = np.asarray(x, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError("x must be (N, 2)")
    low_0, high_0, low_1, high_1 = box
    if not (low_0 < high_0 and low_1 < high_1):
        raise ValueError("each range must have low below high")
    W1, b1 = np.zeros((2, 4)), np.zeros(4)
    for place, s in enumerate((low_0, high_0, low_1, high_1)):
        W1[place // 2, place], b1[place] = step_neuron(s, w)
    steps = sigmoid(affine(points, W1, b1))
    W2 = w * np.array([[1.0], [-1.0], [1.0], [-1.0]])
    return sigmoid(affine(steps, W2, np.array([-0.5 * w])))[:, 0]
