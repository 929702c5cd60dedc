"""Texts and paragraphs about other things than government work. The texts are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.reading.subject import other_matter

_MATCH = "联赛第9轮，海燕队客场2比1取胜，控球率58%，全场射门16次，1.8万名球迷到场，主教练赛后表示满意。"
_SALE = "全国年货节今晚开始，直播间下单立减30元，满减再享8折优惠券，首小时成交额突破3亿元，老用户包邮。"
_WEATHER = "市气象台预计明天阵雨转多云，最高气温26℃，阵风7级，部分路段能见度不足500米，应急管理部门提醒注意防范。"
_FILM = "影片上映三天票房突破4.2亿元，导演和主演现身首映礼，排片占比达到35%，豆瓣评分8.1分。"
_STOCKS = "公司财报显示净利润36亿元，同比增长12%，股价涨停，市值突破900亿元，投资者情绪高涨。"
_CARS = "晨曦汽车三月交付新车4.2万辆，同比增长36%，旗舰SUV占比26%，分析师称全国价格战下单车利润下降8%。"
_ABROAD = "首相当天宣布解散众议院，并将于下月8日提前举行大选，全国465个议席将改选，各党围绕物价展开辩论。"
_QUAKE = "当地时间10日晚，该国西部发生6.1级地震，震源深度11公里，16栋建筑倒塌，应急管理部门仍在搜救。"
_WAR = "两枚导弹击中港口，防空系统拦截另外六枚，国防部称袭击造成3人受伤，全国机场关闭领空停飞2天。"
_DRILL = "战区组织兵力开展联合演训，出动驱逐舰、战机等20批次，办公室发言人表示将检验部队实战能力。"
_SPACE = "载人航天工程办公室宣布，飞船由运载火箭送入轨道，约10分钟后分离，3名航天员状态良好。"
_WORK = "2025年，全市人均预期寿命提高到79.6岁，基层医疗卫生机构诊疗人次增长5%，公立医院改革持续深化。"


@pytest.mark.parametrize(
    "text", [_MATCH, _SALE, _WEATHER, _FILM, _STOCKS, _CARS, _ABROAD, _QUAKE, _WAR, _DRILL, _SPACE]
)
def test_a_text_of_another_sphere_is_passed_over_whole(text: str) -> None:
    assert list(other_matter(text)) == [(0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        _WORK,
        "床位达到60张。",
        "各科室：请于3月5日前报送责任分工。",
        "全市举办马拉松、龙舟等群众赛事36场，参赛选手9万人次，体育产业增加值增长6%，人均体育场地面积2.9平方米。",
        "全市安置退役军人120名，走访驻军部队和舰艇官兵36次，战区医院改革试点覆盖城镇居民，落实惠民政策8项。",
        "全市商业航天产业增加值增长16%，运载火箭、飞船配套企业达到28家，带动就业2600人，推动高质量发展。",
        "对乌克兰出口增长20%，对以色列出口增长12%，对伊朗出口增长6%。",
        "全年票房收入2.1亿元，演唱会56场，全省接待游客3600万人次，城镇居民文化支出增长4%，落实惠民政策12项。",
    ],
)
def test_government_work_is_read_also_where_it_is_about_sport_or_culture(text: str) -> None:
    assert list(other_matter(text)) == []


def test_a_long_text_without_any_sign_of_government_work_is_passed_over() -> None:
    text = "小店开业第一天卖出300杯咖啡，老板说生意不错。" * 12
    assert list(other_matter(text)) == [(0, len(text))]


def test_a_paragraph_of_other_matter_is_passed_over_alone() -> None:
    text = f"{_WORK * 2}\n{_MATCH}\n{_WORK}"
    start = text.index(_MATCH)
    assert list(other_matter(text)) == [(start, start + len(_MATCH))]


@given(st.text("全市联赛客场进球票房上映\n5%。"))
def test_ranges_are_in_order_and_inside_the_text(text: str) -> None:
    ends = [0, *(edge for span in other_matter(text) for edge in span)]
    assert ends == sorted(ends)
    assert ends[-1] <= len(text)
