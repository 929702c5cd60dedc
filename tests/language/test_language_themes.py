from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.errors import DataError
from summarizer.language.fold import simplified
from summarizer.language.tables import load
from summarizer.language.themes import ThemeFile, ThemeRow, load_themes, themes_of

SMALL = """
[[theme]]
key = "roads"
zh = "道路"
en = "Roads"
cues = [{ words = ["公路", "桥梁"], weight = 2 }]

[[theme]]
key = "water"
zh = "水利"
en = "Water"
cues = [{ words = ["水库"], weight = 2 }, { words = ["灌溉"] }]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "themes.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_themes_are_those_of_health_work() -> None:
    keys = [theme.key for theme in load_themes().themes]
    assert (
        keys
        == (
            "planning primary reform hospital insurance cdc ncd tcm fertility mch ageing mental promotion innovation "
            "workforce livelihood safety party"
        ).split()
    )


@pytest.mark.parametrize(
    ("title", "text", "theme"),
    [
        ("健全县乡村三级托育网络", "新增普惠托位200个", "fertility"),
        ("推进紧密型医共体建设", "", "reform"),
        ("打好流感等传染病防控主动仗", "加强监测", "cdc"),
        ("弘扬清廉医院文化", "深化行风治理", "party"),
        ("做优中医馆", "推广适宜技术", "tcm"),
    ],
)
def test_a_task_gets_the_theme_of_its_headline_first(title: str, text: str, theme: str) -> None:
    assert themes_of(title, text, load_themes())[0] == theme


def test_a_task_can_have_several_themes() -> None:
    assert set(themes_of("加强基层中医药人才培养", "乡镇卫生院中医馆", load_themes())) >= {"tcm", "workforce"}


def test_a_headline_weighs_more_than_the_text_below_it(tmp_path: Path) -> None:
    table = load_themes(written(tmp_path, SMALL))
    assert themes_of("加固水库", "公路", table) == ("water",)


@pytest.mark.parametrize("theme", load(ThemeFile, "themes.toml").theme, ids=lambda theme: theme.key)
def test_the_example_of_every_shipped_theme_has_it_first(theme: ThemeRow) -> None:
    assert themes_of(theme.example, "", load_themes())[0] == theme.key


def test_traditional_script_gives_the_same_themes() -> None:
    assert themes_of(simplified("深化醫改"), simplified("推進醫藥衛生體制改革"), load_themes()) == themes_of(
        "深化医改", "推进医药卫生体制改革", load_themes()
    )


def test_words_of_no_theme_give_none() -> None:
    assert themes_of("做好档案移交", "按时完成", load_themes()) == ()


def test_an_own_file_replaces_the_list(tmp_path: Path) -> None:
    table = load_themes(written(tmp_path, SMALL))
    assert [theme.key for theme in table.themes] == ["roads", "water"]
    assert table.label("water") == "水利"
    assert table.label("water", "en") == "Water"
    assert table.label("unknown") == "unknown"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "theme"),
        ("theme = 3", "theme"),
        ("[[theme]\n", "TOML"),
        (SMALL.replace('zh = "水利"\n', ""), "zh"),
        (SMALL.replace('key = "water"', 'key = "roads"'), "twice"),
        (SMALL.replace("weight = 2", "weight = 0"), "weight"),
        (SMALL.replace('en = "Water"', 'en = "Water"\ncolour = "blue"'), "colour"),
    ],
)
def test_a_bad_file_is_named_with_its_fault(tmp_path: Path, text: str, named: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(DataError, match=named) as caught:
        load_themes(path)
    assert caught.value.path == str(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_themes(tmp_path / "none.toml")
