"""PDF files: from the characters of each page and their places to lines of text as a person reads them."""
