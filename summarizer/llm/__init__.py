"""Talking to an OpenAI-compatible endpoint: knows requests and answers, no documents."""
