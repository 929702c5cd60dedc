"""Damage as it is met on real pages, done to a text and its gold on purpose, in three severities."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache

from summarizer.evaluation.edits import Edit, edit_gold
from summarizer.evaluation.gold import Gold
from summarizer.language.characters import HAN, NUMERALS
from summarizer.language.numerals import chinese_digits, chinese_number

__all__ = ["PERTURBATIONS", "SEVERITIES", "perturb"]

SEVERITIES = (1, 2, 3)

_HAN = re.compile(f"[{HAN}]")
_DIGIT_PAIR = re.compile("(?<=[0-9])(?=[.0-9])")
_FURNITURE = (
    "首页 > 新闻中心 > 要闻",
    "【字号：大 中 小】 打印 关闭",
    "热搜榜",
    "1 环湖马拉松今日鸣枪 3.2万人参赛",
    "2 多地气温跌破16℃ 注意添衣",
    "3 长桥港货运量达9588亿吨公里",
    "扫一扫在手机打开当前页",
    "相关推荐：夜间经济带动消费增长12.6%",
)
_TEASERS = (
    "临海省：2026年实施十大行动，新增托位2.4万个",
    "北原省部署卫生健康重点工作，力争签约率达到75%",
    "西岭市召开工作会议：一是强化基层，二是提升能力",
    "更多阅读：东川县今年建成36个社区食堂",
)
_STOPS = ("", "。", "；", "！", "？", "：", ";", ":")
_SPAM = ("【点击下载】", "(免费试看)", "〖加微信〗")
_WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789.%,:;()+-"}


@cache
def _to_traditional() -> Callable[[str], str]:
    from opencc import OpenCC

    whole = OpenCC("s2t").convert

    def convert(text: str) -> str:
        """Convert so that no offset moves: phrase by phrase where the length stays, else character by character."""
        converted: str = whole(text)
        return converted if len(converted) == len(text) else "".join(whole(c)[:1] or c for c in text)

    return convert


def _some_lines(gold: Gold, convert: Callable[[str], str], severity: int, chance: random.Random) -> Gold:
    """Convert a third of the lines, two thirds, or all; a line keeps its length, so every span stays."""
    edits, at = [], 0
    for line in gold.text.splitlines(keepends=True):
        if chance.random() < severity / len(SEVERITIES):
            new = convert(line)
            edits += [Edit(at + i, at + i + 1, b) for i, (a, b) in enumerate(zip(line, new, strict=True)) if a != b]
        at += len(line)
    return edit_gold(gold, edits, restate=convert)


def furniture(gold: Gold, severity: int, chance: random.Random) -> Gold:
    """Site navigation before the text, hot lists with figures before and after it."""
    lines = chance.sample(_FURNITURE, k=min(len(_FURNITURE), 2 + 2 * severity))
    half = len(lines) // 2
    end = len(gold.text)
    return edit_gold(gold, [Edit(0, 0, "\n".join(lines[:half]) + "\n"), Edit(end, end, "\n" + "\n".join(lines[half:]))])


def teasers(gold: Gold, severity: int, chance: random.Random) -> Gold:
    """Headlines of other regions' news after the text."""
    lines = chance.sample(_TEASERS, k=1 + severity)
    end = len(gold.text)
    return edit_gold(gold, [Edit(end, end, "\n来源：本网综合\n" + "\n".join(lines))])


def truncation(gold: Gold, severity: int, chance: random.Random) -> Gold:
    """The text breaks off at 85, 65 or 45 per cent; what stood behind is no longer asked for."""
    del chance
    size = len(gold.text)
    cut = size * (105 - 20 * severity) // 100
    notice = Edit(size, size, f"……（全文共{size}字，当前只显示{cut}字）")
    return edit_gold(gold, [Edit(cut, size, ""), notice])


def page_numbers(gold: Gold, severity: int, chance: random.Random) -> Gold:
    """Page numbers inside sentences, as a PDF's text has them; none inside a number."""
    places = _between_characters(gold.text)
    chosen = sorted(chance.sample(places, k=min(len(places), 2 * severity)))
    return edit_gold(gold, [Edit(at, at, f"\n— {page} —\n") for page, at in enumerate(chosen, 2)])


def character_noise(gold: Gold, severity: int, chance: random.Random) -> Gold:
    """Characters blanked out, and spaces inside words: 2, 5 or 10 in a thousand characters."""
    rate = (2, 5, 10)[severity - 1] / 1000
    edits = []
    for at in _between_characters(gold.text):
        if chance.random() < rate:
            edits.append(Edit(at, at, " ") if chance.random() < 0.5 else Edit(at, at + 1, "*"))
    return edit_gold(gold, edits)


def script(gold: Gold, severity: int, chance: random.Random) -> Gold:
    """Traditional characters in a third of the lines, two thirds, all."""
    return _some_lines(gold, _to_traditional(), severity, chance)


def width(gold: Gold, severity: int, chance: random.Random) -> Gold:
    """Full-width digits, signs and punctuation in a third of the lines, two thirds, all."""
    return _some_lines(gold, lambda line: line.translate(_WIDE), severity, chance)


def number_spelling(gold: Gold, severity: int, chance: random.Random) -> Gold:
    """Values of indicators in Chinese numerals: a third of them, two thirds, all. The values stay."""
    edits = []
    for item in gold.indicators:
        spelled = spell(item.raw)
        if spelled is not None and chance.random() < severity / 3:
            at = item.start + item.quote.index(item.raw)
            edits.append(Edit(at, at + len(item.raw), spelled))
    return edit_gold(gold, edits)


def spam_in_numbers(gold: Gold, severity: int, chance: random.Random) -> Gold:
    """Advertising words inside the values of indicators: a tenth of them, two tenths, four."""
    edits = []
    for item in gold.indicators:
        places = [match.start() for match in _DIGIT_PAIR.finditer(item.raw)]
        if places and chance.random() < (0.1, 0.2, 0.4)[severity - 1]:
            at = item.start + item.quote.index(item.raw) + chance.choice(places)
            edits.append(Edit(at, at, chance.choice(_SPAM)))
    return edit_gold(gold, edits)


def duplicated_body(gold: Gold, severity: int, chance: random.Random) -> Gold:
    """The text once more behind itself, 40 or 70 per cent of it or all; the first printing is the gold's."""
    del chance
    end = len(gold.text)
    share = (0.4, 0.7, 1.0)[severity - 1]
    return edit_gold(gold, [Edit(end, end, "\n" + gold.text[: int(end * share)])])


def paragraphs_removed(gold: Gold, severity: int, chance: random.Random) -> Gold:
    """Line breaks gone: a third of them, two thirds, all. A line that no stop ended keeps a space, so that no two numbers meet."""
    edits = []
    for match in re.finditer(r"[\r\n]+[ \t\u3000]*", gold.text):
        if chance.random() < severity / 3:
            ended = gold.text[match.start() - 1 : match.start()] in _STOPS
            edits.append(Edit(match.start(), match.end(), "" if ended else " "))
    return edit_gold(gold, edits)


def damaged_markers(gold: Gold, severity: int, chance: random.Random) -> Gold:
    """Markers of tasks misprinted or gone: a tenth of them, two tenths, four."""
    edits = []
    for task in gold.tasks:
        if task.marker is None or not gold.text.startswith(task.marker, task.start):
            continue
        if chance.random() < (0.1, 0.2, 0.4)[severity - 1]:
            end = task.start + len(task.marker)
            misprinted = Edit(end - 1, end, chance.choice("啊事丶"))
            edits.append(misprinted if chance.random() < 0.5 else Edit(task.start, end, ""))
    return edit_gold(gold, edits)


PERTURBATIONS: dict[str, Callable[[Gold, int, random.Random], Gold]] = {
    function.__name__: function
    for function in (
        furniture,
        teasers,
        truncation,
        page_numbers,
        character_noise,
        script,
        width,
        number_spelling,
        spam_in_numbers,
        duplicated_body,
        paragraphs_removed,
        damaged_markers,
    )
}
"""Name → damage; each takes the gold, a severity of 1 to 3 and the chance that decides where."""


def perturb(gold: Gold, name: str, severity: int, seed: int = 0) -> Gold:
    """One damaged fixture with its gold; the same arguments give the same text on every machine."""
    chance = random.Random(f"{seed}:{gold.name}:{name}:{severity}")  # noqa: S311 - damage is no secret
    return PERTURBATIONS[name](gold, severity, chance)


def _between_characters(text: str) -> list[int]:
    """Offsets between two Chinese characters of one word or sentence: nothing stands there that carries a value."""
    return [m.start() for m in _HAN.finditer(text) if m.start() and _plain(text[m.start() - 1]) and _plain(m.group())]


def _plain(character: str) -> bool:
    return bool(_HAN.match(character)) and character not in _COUNTING


_COUNTING = NUMERALS + "半第"
_NUMBER = re.compile(r"(?P<whole>[0-9]{1,4})(?:\.(?P<part>[0-9]+))?(?P<rest>[^0-9]*)")


def spell(raw: str) -> str | None:
    """A value up to 9999 in Chinese numerals (78.5岁 → 七十八点五岁, 95% → 百分之九十五); None for any other."""
    match = _NUMBER.fullmatch(raw)
    if match is None:
        return None
    spelled = chinese_number(int(match["whole"]))
    if match["part"]:
        spelled += "点" + chinese_digits(match["part"])
    rest = match["rest"]
    for sign, words in (("%", "百分之"), ("％", "百分之"), ("‰", "千分之")):
        if rest.startswith(sign):
            return words + spelled + rest[1:]
    return spelled + rest
