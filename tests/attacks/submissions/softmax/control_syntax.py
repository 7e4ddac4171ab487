"""Nothing: the file does not parse.

A correct grader: says so, with the line; no check is run.
Expect: syntax
"""

def softmax(z:
    return z
