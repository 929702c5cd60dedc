"""How a figure, a time, a duty and a step read on paper: the one place that writes them, for the overview and every renderer.

What a document prints stays as printed. Words are added only where the printed piece alone would not tell what it says: the
bound and the change of a figure (5% of 增长5%左右), and the days of a time that names no year (今年).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from summarizer.briefing.indicator_names import names_change
from summarizer.briefing.labels import Labels
from summarizer.language.characters import BLANKS, COMMAS, ENUMERATION_COMMA, FULL_STOP, SEMICOLONS
from summarizer.language.fold import fold, simplified
from summarizer.language.lexicon import lexicon
from summarizer.language.numerals import LOOSE
from summarizer.schema import Bound, Change, Heading, Indicator, Rejected, Span, Step, Task

__all__ = [
    "printed_base",
    "printed_deadline",
    "printed_figure",
    "printed_group",
    "printed_period",
    "printed_refusal",
    "printed_span",
    "printed_step",
    "printed_value",
]

_ONE_DAY = timedelta(days=1)
_EDGES = SEMICOLONS + FULL_STOP + COMMAS + ENUMERATION_COMMA + BLANKS + "\r\n"
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_BASE = 16
"""A longer stretch of evidence is no printed value but the clause it stands in."""


def printed_value(indicator: Indicator, labels: Labels) -> str:
    """The value with what tells its bound and its change: 增长5%左右, 95%以上, 超过20万.

    In a Chinese briefing these are the words that stand beside the value; where none do, and in English, the labels' words.
    """
    return _changed(indicator, labels, *_bounded(indicator, labels))


def printed_figure(indicator: Indicator, labels: Labels) -> str:
    """Name and value in one line; a name that says the change itself (地区生产总值增长) says it for both."""
    name = _line(indicator.name)
    value = _bounded(indicator, labels)[0] if names_change(name) else printed_value(indicator, labels)
    return f"{name} {value}"


def _bounded(indicator: Indicator, labels: Labels) -> tuple[str, str]:
    """The value with the words of its bound, and what stands before these in its evidence."""
    raw, quote, bound = indicator.raw, indicator.evidence.quote, indicator.bound
    view, figure = simplified(quote), simplified(raw)
    at, words = _place_of(indicator, view, figure), lexicon()
    front = view[: max(at, 0)]
    if at >= 0 and labels["language"] == "zh":
        before = words.before[bound].at_end(front) if bound in words.before else None
        after = words.after[bound].at_start(view, at + len(raw)) if bound in words.after else None
        if before or after:
            start = at - len(before or "")
            return _line(quote[start : at + len(raw) + len(after or "")]), front[:start]
    said = any(word in figure for word in LOOSE) and bound in (Bound.GT, Bound.GE, Bound.APPROX)
    return (_line(raw) if said else labels[f"bound.{bound}"].format(value=_line(raw))), front


def _place_of(indicator: Indicator, view: str, figure: str) -> int:
    """Where the value stands in its evidence; -1 where it does not."""
    if indicator.value_evidence is not None:
        at = indicator.value_evidence.start - indicator.evidence.start
        if at >= 0 and view.startswith(figure, at):
            return at
    return view.find(figure)


def _changed(indicator: Indicator, labels: Labels, value: str, front: str) -> str:
    """The value behind the verb that stands before it in its evidence, else behind the labels' verb."""
    if indicator.change is None:
        return value
    verbs = lexicon().up if indicator.change is Change.UP else lexicon().down
    verb = verbs.at_end(front) if labels["language"] == "zh" else None
    if verb is None:
        return labels[f"change.{indicator.change}"].format(value=value)
    return f"{indicator.evidence.quote[len(front) - len(verb) : len(front)]}{value}"


def printed_base(indicator: Indicator, labels: Labels) -> str:
    """The value a change starts from, as printed where its evidence is no more than that, with its time; empty without one."""
    if indicator.base is None:
        return ""
    printed = _line(indicator.base_evidence.quote) if indicator.base_evidence else ""
    value = printed if 0 < len(printed) <= _LONGEST_BASE else f"{indicator.base:f}"
    time = _time(indicator.base_period, indicator.base_period_start, indicator.base_period_end, labels)
    return f"{value} {time}".strip()


def printed_period(indicator: Indicator, labels: Labels) -> str:
    """The time as printed, its days behind it where they say more: 今年（2026年）; empty without one."""
    return _time(indicator.period, indicator.period_start, indicator.period_end, labels)


def printed_deadline(duties: Task | Step, labels: Labels) -> str:
    """The deadline as printed, its day behind it where that says more: 6月底前（2026年6月30日）; empty without one."""
    if duties.deadline is None:
        return ""
    printed = _line(duties.deadline)
    last = duties.deadline_date
    if last is None or _names_years(printed, last):
        return printed
    return f"{printed}{labels['open']}{_day(last, labels)}{labels['close']}"


def printed_step(step: Step, labels: Labels) -> str:
    """Marker, words and the step's own duties: （1）编制规划〔牵头单位：省发改委；完成时限：6月底前〕."""
    text = _line(step.text).strip(_EDGES)
    marker = step.marker or ""
    told = labels["list"].join(
        labels["duty"].format(label=labels[name], value=value) for name, value in _duties(step, text, labels) if value
    )
    begun = text if text.startswith(marker) else f"{marker}{text}"
    return begun + labels["duties"].format(told=told) if told else begun


def printed_group(group: Sequence[Heading]) -> str:
    """The headlines above a task, outermost first: 一、夯实基层 › （一）乡镇卫生院; empty without any."""
    return " › ".join(_heading(one) for one in group)


def printed_span(span: Span) -> str:
    """A range of the source as tables print it: 467–522."""
    return f"{span.start}–{span.end}"


def printed_refusal(one: Rejected, labels: Labels) -> str:
    """What was not accepted, in words: of an answer's own JSON the headline, or name, value and quote, without the braces."""
    try:
        fields = json.loads(one.raw)
    except ValueError:
        return _line(one.raw)
    if not isinstance(fields, dict):
        return _line(one.raw)
    words = " ".join(str(fields[name]) for name in ("title", "name", "raw") if fields.get(name))
    quote = fields.get("quote")
    told = f"{words} {labels['quote'].format(text=quote)}" if quote else words
    return _line(told) or _line(one.raw)


def _heading(heading: Heading) -> str:
    title = _line(heading.title)
    marker = heading.marker or ""
    return title if title.startswith(marker) else f"{marker}{title}"


def _duties(step: Step, text: str, labels: Labels) -> Iterator[tuple[str, str]]:
    """The duties that the step's own words do not print already; of a printed deadline the day, where that says more."""
    for name, bodies in (("lead", step.lead), ("support", step.support)):
        yield name, "" if all(body in text for body in bodies) else labels["and"].join(bodies)
    if step.deadline is not None and step.deadline in text:
        last = step.deadline_date
        yield "deadline", "" if last is None or _names_years(step.deadline, last) else _day(last, labels)
    else:
        yield "deadline", printed_deadline(step, labels)


def _time(printed: str | None, start: date | None, end: date | None, labels: Labels) -> str:
    if printed is None:
        return ""
    words = _line(printed)
    last = end - _ONE_DAY if end else None
    if _names_years(words, start, last):
        return words
    return f"{words}{labels['open']}{_days(start, last, labels)}{labels['close']}"


def _names_years(printed: str, *days: date | None) -> bool:
    """Whether the printed time already names the year of each of the days."""
    years = {int(year) for year in _YEAR.findall(fold(printed).text)}
    return all(day is None or day.year in years for day in days)


def _days(first: date | None, last: date | None, labels: Labels) -> str:
    """A range of days, both included, as short as it can be said."""
    if first is None or last is None:
        if first is not None and first.month == first.day == 1:
            return labels["days.year_on"].format(year=first.year)
        if first is not None:
            return labels["days.since"].format(first=_day(first, labels))
        return labels["days.until"].format(last=_day(last, labels)) if last else ""
    behind = last + _ONE_DAY
    if first.day == behind.day == 1:
        if first.month == behind.month == 1:
            key = "days.year" if first.year == last.year else "days.years"
            return labels[key].format(year=first.year, first=first.year, last=last.year)
        if first.year == last.year:
            key = "days.month" if first.month == last.month else "days.months"
            return labels[key].format(year=first.year, month=first.month, first=first.month, last=last.month)
    if first == last:
        return _day(first, labels)
    return labels["days.range"].format(first=_day(first, labels), last=_day(last, labels))


def _line(text: str) -> str:
    return " ".join(text.split())


def _day(day: date, labels: Labels) -> str:
    return labels["days.day"].format(year=day.year, month=day.month, day=day.day)
