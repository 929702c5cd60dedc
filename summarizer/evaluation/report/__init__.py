"""The report of a run: its content once, then Markdown, one self-contained HTML file and JUnit XML from it."""
