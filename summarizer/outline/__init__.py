"""The structure of a text: parts with their horizon, enumerated items as a tree."""
