"""What the commands show on a terminal: text, keys, curves and full screens."""
