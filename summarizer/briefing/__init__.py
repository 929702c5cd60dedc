"""From documents to a briefing: comparison, overview, verification, rendering."""
