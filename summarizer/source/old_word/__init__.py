"""Binary Word files (.doc, .wps; [MS-DOC]): the final view of their text, from the piece table and the properties of its runs."""

from summarizer.source.old_word.reader import read_old_word

__all__ = ["read_old_word"]
