"""Right: everything in plain Python, with math.log."""

import math

import numpy as np


def one_hot(y, num_classes):
    labels = np.asarray(y)
    if labels.ndim != 1:
        raise ValueError("need shape (N,)")
    rows = np.zeros((len(labels), num_classes))
    for n in range(len(labels)):
        value = labels[n].item()
        if value != int(value) or value < 0 or value >= num_classes:
            raise ValueError(f"bad label {value}")
        rows[n][int(value)] = 1.0
    return rows


def cross_entropy(Y, P, eps=1e-15):
    if np.shape(Y) != np.shape(P):
        raise ValueError("Y and P differ in shape")
    if np.ndim(P) == 1 and len(P):
        Y, P = [Y], [P]
    costs = []
    for t_row, p_row in zip(Y, P):
        cost = 0.0
        for t, p in zip(t_row, p_row):
            if t != 0:
                cost -= float(t) * math.log(max(float(p), eps))
        costs.append(cost)
    if not costs:
        raise ValueError("no samples")
    return sum(costs) / len(costs)
