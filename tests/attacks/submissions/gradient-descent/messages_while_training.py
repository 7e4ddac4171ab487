"""Prints a progress bar of terminal control for each step.

A correct grader: shows the output as text, and cuts it.
Expect: error failed
"""


def train(*arguments):
    for step in range(2000):
        print(f"\r\x1b[2K\x1b[32mstep {step} \x1b[0m::error::x", end="")
    raise ValueError("\x1b]0;trained\x07")


mse_loss = zero_grad = sgd_step = train
