"""Recorded answers: key, stores, modes, the Batch exchange. Knows requests and answers, no documents."""
