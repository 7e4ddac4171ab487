"""measure_new_writers returns the mean of the accuracies, as a single number.

A mean of 95.0 % hides that one writer is read at 86.2 %. Return one number per writer.
"""


def measure_new_writers(splits, rng, epochs=20):
    return np.array([np.mean([train_model(split, rng, epochs).accuracy for split in splits] or [0.0])])
