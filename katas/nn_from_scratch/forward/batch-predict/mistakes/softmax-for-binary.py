""""binary" gives softmax.

A binary network has one output, and softmax of one number is always 1. The sigmoid gives the probability of
class 1.
"""

def output_activation(task):
    if task == "regression":
        return identity_function
    if task == "binary":
        return softmax
    if task == "multiclass":
        return softmax
    raise ValueError("unknown task")
