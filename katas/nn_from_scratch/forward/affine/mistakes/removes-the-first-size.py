"""count_params removes the first size from the list that it gets.

The caller's list is then one number shorter, and a second call counts another network. Use sizes[0] and
sizes[1:], or itertools.pairwise.
"""


def count_params(sizes):
    if not isinstance(sizes, list):
        sizes = list(sizes)
    inputs, count = sizes.pop(0), 0
    for outputs in sizes:
        count += inputs * outputs + outputs
        inputs = outputs
    return count
