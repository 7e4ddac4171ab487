"""os._exit(0) in the middle of training.

A correct grader: calls it a crash.
Expect: crash error failed
"""

import os


def train(*arguments):
    os._exit(0)


mse_loss = zero_grad = sgd_step = train
