"""Token-bounded chunks cut at the structure of the text."""
