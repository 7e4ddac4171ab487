"""How far the outputs of a network are from what they should be, as one number."""
