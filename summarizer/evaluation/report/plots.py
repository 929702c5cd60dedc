"""Plots as inline SVG: no script, no file beside the page, readable in both colour schemes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

__all__ = ["Mark", "dots", "forest"]

_LABEL, _PLOT, _RIGHT, _ROW = 300, 460, 260, 22


@dataclass(frozen=True)
class Mark:
    """One line of a forest plot: value and interval in the plot's own scale, ``series`` the colour's number."""

    label: str
    value: float
    low: float | None
    high: float | None
    series: int
    text: str
    bound: bool = False
    """The interval is a worst case and no estimate: drawn dashed."""


def forest(marks: Sequence[Mark], *, low: float, high: float, title: str, zero: bool = False) -> str:
    """Values with intervals, one a line, over ``[low, high]``; ``zero`` draws a line where nothing changes."""
    height = _ROW * len(marks) + 44
    parts = [_open(_LABEL + _PLOT + _RIGHT, height, title)]
    for tick in _ticks(low, high):
        x = _x(tick, low, high)
        strong = ' class="zero"' if zero and tick == 0 else ' class="grid"'
        parts.append(f'<line{strong} x1="{x}" x2="{x}" y1="8" y2="{height - 28}"/>')
        parts.append(f'<text class="tick" x="{x}" y="{height - 10}" text-anchor="middle">{tick * 100:.0f}</text>')
    for row, mark in enumerate(marks):
        y = 20 + row * _ROW
        parts.append(f'<text x="{_LABEL - 10}" y="{y + 4}" text-anchor="end">{escape(mark.label)}</text>')
        if mark.low is not None and mark.high is not None:
            left, right = (_x(min(max(v, low), high), low, high) for v in (mark.low, mark.high))
            dashed = ' stroke-dasharray="2 4"' if mark.bound else ""
            parts.append(f'<line class="s{mark.series}"{dashed} x1="{left}" x2="{right}" y1="{y}" y2="{y}"/>')
        x = _x(min(max(mark.value, low), high), low, high)
        parts.append(f'<circle class="s{mark.series}" cx="{x}" cy="{y}" r="4.5"/>')
        parts.append(f'<text class="tick" x="{_LABEL + _PLOT + 14}" y="{y + 4}">{escape(mark.text)}</text>')
    return "".join([*parts, "</svg>"])


def dots(points: Iterable[tuple[str, float | None, float | None]], *, names: tuple[str, str], title: str) -> str:
    """One line a document: the figure under the first method and the second, joined; undefined ones are left open."""
    rows = list(points)
    height = _ROW * len(rows) + 44
    parts = [_open(_LABEL + _PLOT + _RIGHT, height, title)]
    for tick in _ticks(0.0, 1.0):
        x = _x(tick, 0.0, 1.0)
        parts.append(f'<line class="grid" x1="{x}" x2="{x}" y1="8" y2="{height - 28}"/>')
        parts.append(f'<text class="tick" x="{x}" y="{height - 10}" text-anchor="middle">{tick * 100:.0f}</text>')
    for row, (label, first, second) in enumerate(rows):
        y = 20 + row * _ROW
        parts.append(f'<text x="{_LABEL - 10}" y="{y + 4}" text-anchor="end">{escape(label)}</text>')
        if first is not None and second is not None:
            a, b = _x(first, 0.0, 1.0), _x(second, 0.0, 1.0)
            parts.append(f'<line class="join" x1="{a}" x2="{b}" y1="{y}" y2="{y}"/>')
        for series, (value, name) in enumerate(((first, names[0]), (second, names[1]))):
            if value is not None:
                x = _x(value, 0.0, 1.0)
                parts.append(
                    f'<circle class="s{series}" cx="{x}" cy="{y}" r="4.5"><title>{escape(name)} {value * 100:.1f}</title></circle>'
                )
        if first is None and second is None:
            parts.append(f'<text class="tick" x="{_LABEL + _PLOT + 14}" y="{y + 4}">nothing to count</text>')
    return "".join([*parts, "</svg>"])


def _open(width: int, height: int, title: str) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>"
    )


def _x(value: float, low: float, high: float) -> float:
    return round(_LABEL + (value - low) / (high - low) * _PLOT, 1)


def _ticks(low: float, high: float) -> list[float]:
    step = next(step for step in (0.05, 0.1, 0.2, 0.25, 0.5) if (high - low) / step <= 10)
    first = int(-(-low // step))
    return [round(step * n, 2) for n in range(first, int(high / step + 1e-9) + 1)]
