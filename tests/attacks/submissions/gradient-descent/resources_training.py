"""Trains forever.

A correct grader: kills it when the check's time is over.
Expect: timeout
Hasty: yes
"""


def train(*arguments):
    while True:
        pass


mse_loss = zero_grad = sgd_step = train
