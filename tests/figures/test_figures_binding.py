"""Which parts the source binds to a value. The sentences are invented; ``|`` marks nothing, places are found by words."""

from __future__ import annotations

import pytest
from readings import whole, with_sections

from summarizer.figures.binding import Claim, bind
from summarizer.figures.figures import Figures
from summarizer.outline.model import Section
from summarizer.schema import DoubtReason, Horizon

_TEXT = (
    "2031年工作回顾\n"
    "2030年，全县床位达到600张，医师增至120名，门诊量从30万人次增加到36万人次。"
    "到2035年，托位达到900个。未建成的卫生院3所。\n"
)


def _figures() -> Figures:
    return with_sections(whole(_TEXT), [Section(0, len(_TEXT), Horizon.PAST, None, "test")])


def _claim(figures: Figures, raw: str, name: str, period: str | None = None, base: str | None = None) -> Claim:
    quantity = figures.reading.figure_at(_TEXT.index(raw))
    assert quantity is not None
    start = figures.reading.figure_at(_TEXT.index(base)) if base else None
    at = _TEXT.index(name)
    return Claim(quantity, ((at, at + len(name)),), _span(period) if period else None, start)


def _span(words: str) -> tuple[int, int]:
    return _TEXT.index(words), _TEXT.index(words) + len(words)


@pytest.mark.parametrize(
    ("raw", "name", "period", "base"),
    [
        ("600张", "床位", "2030年", None),
        ("120名", "医师", "2030年", None),
        ("36万人次", "门诊量", "2030年", "30万人次"),
        ("900个", "托位", "到2035年", None),
    ],
)
def test_true_parts_are_bound(raw: str, name: str, period: str, base: str | None) -> None:
    figures = _figures()
    binding = bind(figures, _claim(figures, raw, name, period, base))
    assert (binding.dropped, binding.misgivings) == ((), ())


@pytest.mark.parametrize(("raw", "name"), [("120名", "床位"), ("900个", "门诊量"), ("36万人次", "托位")])
def test_another_figures_name_is_to_be_checked(raw: str, name: str) -> None:
    figures = _figures()
    found = bind(figures, _claim(figures, raw, name)).misgivings
    assert [one.reason for one in found] == [DoubtReason.NAME_APART]


def test_a_time_that_another_one_governs_is_to_be_checked_or_dropped() -> None:
    figures = _figures()
    binding = bind(figures, _claim(figures, "900个", "托位", "2030年"))
    assert binding.dropped == ("period",) or binding.misgivings[0].reason is DoubtReason.OTHER_PERIOD


def test_a_time_behind_the_value_is_dropped() -> None:
    figures = _figures()
    assert bind(figures, _claim(figures, "600张", "床位", "到2035年")).dropped == ("period",)


@pytest.mark.parametrize("base", ["600张", "900个"])
def test_a_figure_that_no_change_starts_from_is_no_base(base: str) -> None:
    figures = _figures()
    assert bind(figures, _claim(figures, "120名", "医师", None, base)).dropped == ("base",)


def test_a_plan_in_the_title_binds_its_year_and_not_its_whole_span() -> None:
    def dropped(title: str) -> tuple[str, ...]:
        text = f"{title}重点工作安排\n床位达到600张。\n"
        lead = Section(0, text.index("床位"), Horizon.LEAD, None, "test")
        figures = with_sections(whole(text), [lead, Section(lead.end, len(text), Horizon.OTHER, None, "test")])
        quantity = figures.reading.figure_at(text.index("600张"))
        assert quantity is not None
        name = (text.index("床位"), text.index("床位") + 2)
        return bind(figures, Claim(quantity, (name,), (0, len(title)))).dropped

    assert dropped("2031年") == ()
    assert dropped("2031—2033年") == ("period",)
