"""The entries, one module per track: a new kata adds its entries to the module of its track."""
