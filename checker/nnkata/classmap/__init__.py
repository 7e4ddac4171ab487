"""The map of a class: who fails a kata in the same way, and which submissions are alike."""
