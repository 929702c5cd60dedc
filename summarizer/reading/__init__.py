"""One reading of a text: what every later stage is handed, made once."""
