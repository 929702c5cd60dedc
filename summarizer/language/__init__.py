"""Chinese linguistic knowledge: folding, numerals, dates, units, markers, regions, and the data files they read."""
