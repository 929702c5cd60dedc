"""Items from a model that are proven: prompts, wire schema, validation, grounding, guards, merging, cross-check."""
