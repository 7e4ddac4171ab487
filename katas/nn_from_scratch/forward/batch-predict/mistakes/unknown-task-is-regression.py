"""Any other word is treated as "regression".

"multi-class", with a hyphen, then gives scores that are not probabilities, and no error. Raise a ValueError.
"""

def output_activation(task):
    if task == "regression":
        return identity_function
    if task == "binary":
        return sigmoid
    if task == "multiclass":
        return softmax
    return identity_function
