"""cheaper_mode calls forward mode cheaper when there are more inputs than results.

Forward mode needs one call per input. For 200 inputs and one loss that is 200 calls, against one
backward pass. Compare the two numbers of passes.
"""


def cheaper_mode(n, m):
    return "forward" if n >= m else "reverse"
