""""multiclass" gives the sigmoid.

Each score is then treated separately, and a row does not add up to 1: the scores (2, 1, 0) give
0.881, 0.731 and 0.5, together 2.112. Softmax divides by the sum of the row.
"""

def output_activation(task):
    if task == "regression":
        return identity_function
    if task == "binary":
        return sigmoid
    if task == "multiclass":
        return sigmoid
    raise ValueError("unknown task")
