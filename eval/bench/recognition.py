"""How well scans are recognised: invented government text, printed at 150 dpi, turned, blurred and noised, then read.

    python eval/bench/recognition.py [--pages 6] [--dpi 150] [--noise 12]

Needs the extra ``ocr`` and a Chinese font (fonts-noto-cjk). Prints the share of characters and of digits that are right
(1 less edit distance over the length; a digit is right when the alignment keeps it), how many wrong digits stood above the
confidence below which digits are flagged, and seconds a page, of processor and wall.
"""

import argparse
import difflib
import io
import random
import resource
import time
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from summarizer.source.ocr import UNSURE, read_picture
from summarizer.source.reader import Limits
from summarizer.source.text import Recognised

FONTS = ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc")
FOLDERS = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/noto-cjk"))
SIMPLIFIED = 2  # the face of the collection
NUMBERS = "一二三四五六七八九十"
SUBJECTS = "基层卫生服务站 乡镇急救点 社区养老床位 普惠托位 村级文化广场 农村公路 职业技能培训 老旧小区改造 河道治理 智慧课堂".split()
VERBS = "新建 改造 提升 巩固 完善 优化".split()
ENDS = ("达到{a}%以上", "不少于{b}个", "控制在{c}以内", "增长{c}%", "投入资金{d}亿元", "完成率提高到{a}%", "覆盖{e}人")
UNITS = "市卫生健康委 市教育局 市民政局 市交通运输局 市水利局 市人力资源社会保障局".split()


def sentences(dice: random.Random) -> str:
    """A paragraph of work text with figures."""
    parts = []
    for _ in range(dice.randint(2, 4)):
        figures = {
            "a": f"{dice.uniform(50, 99.9):.1f}",
            "b": str(dice.randint(3, 980)),
            "c": f"{dice.uniform(1, 12):.2f}",
            "d": f"{dice.uniform(0.1, 60):.2f}",
            "e": f"{dice.randint(1000, 99999)}",
        }
        parts.append(f"{dice.choice(VERBS)}{dice.choice(SUBJECTS)}，{dice.choice(ENDS).format(**figures)}")
    return (
        "；".join(parts)
        + f"（牵头单位：{dice.choice(UNITS)}；完成时限：203{dice.randint(0, 9)}年{dice.randint(1, 12)}月底前）。"
    )


def paragraphs(dice: random.Random) -> list[str]:
    """The text of one page."""
    lines = [f"关于203{dice.randint(0, 9)}年全市重点工作安排的通知"]
    lines += [
        f"{NUMBERS[number]}、{dice.choice(VERBS)}{dice.choice(SUBJECTS)}。{sentences(dice)}" for number in range(6)
    ]
    return lines


def printed(texts: list[str], font: ImageFont.FreeTypeFont, dpi: int) -> Image.Image:
    """An A4 page at this resolution, 16 points, 28 characters a line."""
    width, height = round(8.27 * dpi), round(11.69 * dpi)
    page = Image.new("L", (width, height), 250)
    pen = ImageDraw.Draw(page)
    size = font.size
    left, right, y = round(1.1 * dpi), width - round(1.02 * dpi), round(1.46 * dpi)
    for number, text in enumerate(texts):
        x = left + (2 * size if number else (right - left - font.getlength(text)) / 2)
        for character in text:
            step = font.getlength(character)
            if x + step > right and character not in "，。；：）、%":
                x, y = left, y + 1.75 * size
            pen.text((x, y), character, font=font, fill=25)
            x += step
        y += 1.75 * size
    return page


def scanned(page: Image.Image, noise: float, dice: np.random.Generator) -> bytes:
    """The page as a scanner gives it: a little turned, blurred, with noise, as JPEG."""
    turned = page.rotate(float(dice.uniform(-0.6, 0.6)), fillcolor=250, resample=Image.Resampling.BICUBIC)
    blurred = turned.filter(ImageFilter.GaussianBlur(0.6))
    grain = np.asarray(blurred, dtype=float) + dice.normal(0, noise, (blurred.height, blurred.width))
    out = io.BytesIO()
    Image.fromarray(np.clip(grain, 0, 255).astype("uint8")).save(out, "JPEG", quality=80)
    return out.getvalue()


def compare(wanted: str, found: str) -> tuple[int, int, int, list[int]]:
    """Errors, digits wanted, digits right, and the places in ``found`` of digits that are wrong or too many."""
    errors, digits_right, wrong = 0, 0, []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        if kind == "equal":
            digits_right += sum(character.isdigit() for character in wanted[a:b])
        else:
            errors += max(b - a, d - c)
            wrong += [place for place in range(c, d) if found[place].isdigit()]
    return errors, sum(character.isdigit() for character in wanted), digits_right, wrong


def sure_of(place: int, recognised: tuple[Recognised, ...]) -> float:
    """The confidence of a character."""
    return next((one.confidence for one in recognised if one.start <= place < one.end), 1.0)


def squeezed(text: str, recognised: tuple[Recognised, ...]) -> tuple[str, list[float]]:
    """The text without white space, with each character's confidence."""
    kept = [(character, sure_of(place, recognised)) for place, character in enumerate(text) if not character.isspace()]
    return "".join(character for character, _ in kept), [sure for _, sure in kept]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description="Measure recognition on printed pages.")
    parser.add_argument("--pages", type=int, default=6)
    parser.add_argument("--dpi", type=int, default=150)
    parser.add_argument("--noise", type=float, default=12.0)
    parser.add_argument("--show", action="store_true", help="print each difference")
    options: Any = parser.parse_args()
    folder = next(one for one in FOLDERS if one.is_dir())
    total = errors = digits = right = silent = flagged = 0
    begun, used = time.monotonic(), 0.0
    for number in range(options.pages):
        font = ImageFont.truetype(
            str(folder / FONTS[number % len(FONTS)]), round(16 * options.dpi / 72), index=SIMPLIFIED
        )
        texts = paragraphs(random.Random(number))
        picture = scanned(printed(texts, font, options.dpi), options.noise, np.random.default_rng(number))
        if not number:
            read_picture(picture, Limits())  # loads the models
            begun = time.monotonic()
        result = read_picture(picture, Limits())
        wanted = "".join("".join(texts).split())
        found, sure = squeezed(result.text, result.recognised)
        page_errors, page_digits, page_right, wrong = compare(wanted, found)
        total, errors, digits, right = (
            total + len(wanted),
            errors + page_errors,
            digits + page_digits,
            right + page_right,
        )
        silent += sum(sure[place] >= UNSURE for place in wrong)
        flagged += sum(found[place].isdigit() and sure[place] < UNSURE for place in range(len(found)))
        if options.show:
            for kind, a, b, c, d in difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
                if kind != "equal":
                    print(f"page {number}: {wanted[a - 3 : b + 3]!r} read as {found[c - 3 : d + 3]!r}")
    wall = time.monotonic() - begun
    from summarizer.source import ocr

    ocr._WORKER.stop()
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    print(f"{options.pages} pages at {options.dpi} dpi, noise {options.noise}, {total} characters, {digits} digits")
    print(f"characters right {1 - errors / total:.4%}   digits right {right / digits:.4%}")
    print(f"wrong digits above the threshold {UNSURE}: {silent}; digits flagged: {flagged}")
    print(f"seconds a page: wall {wall / options.pages:.1f}, processor {used / (options.pages + 1):.1f} (with loading)")


if __name__ == "__main__":
    main()
