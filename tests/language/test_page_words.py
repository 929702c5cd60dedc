"""Words by which pages are known: in the characters in which a line is judged."""

from __future__ import annotations

from summarizer.language.fold import simplified
from summarizer.language.furniture import furniture_cues
from summarizer.language.injections import injection_cues
from summarizer.language.page_text import page_text_cues


def test_words_of_pages_are_in_simplified_characters_as_the_judged_text_is() -> None:
    words = [word for row in furniture_cues().cue for word in row.words]
    assert [word for word in words if simplified(word) != word] == []


def test_forms_of_page_texts_and_injections_are_in_simplified_characters() -> None:
    for table in (page_text_cues(), injection_cues()):
        written = table.model_dump_json()
        assert simplified(written) == written
