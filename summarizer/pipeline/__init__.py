"""The whole walk, the only place that knows every stage: files to documents, documents to a briefing, plans for a batch."""
