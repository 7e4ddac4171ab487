"""Networks that remember: their weights store what they have seen."""
