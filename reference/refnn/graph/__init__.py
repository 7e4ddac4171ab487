"""Networks on graphs: nodes that take what they need from their neighbours."""
