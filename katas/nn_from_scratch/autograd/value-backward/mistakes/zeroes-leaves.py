"""The grad of the leaves is set to 0 before the walk too.

Leaves accumulate: the loss of a training set is a sum over samples, and you may call backward for
each of them and then take one step with the total. With a loop over 10 samples, only the last would
count here. The training loop clears the leaves, not backward.
"""


def backward(root):
    order = topological_sort(root)
    for node in order:
        node.grad = 0.0
    root.grad += 1.0
    for node in reversed(order):
        node.push()
