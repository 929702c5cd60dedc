"""From a file to the clean text: reading, cleaning, quality flags, document facts."""
