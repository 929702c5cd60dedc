"""One module a format; each a function from a Briefing to text or bytes."""
