"""Terminal output and input of the commands: text, keys, curves and full screens."""
