"""Word files (.docx): the final view of everything that prints, from the parts of the package to lines of text."""
