"""The evaluation harness: gold, alignment, metrics, statistics, runs, reports, gates."""
