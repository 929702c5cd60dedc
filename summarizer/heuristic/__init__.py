"""The rules: tasks, indicators and themes without a model; the baseline that a model is judged against."""
