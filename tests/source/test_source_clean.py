"""Cleaning: the article stays whole, the page around it goes, every character is accounted for."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from summarizer.source.clean import clean
from summarizer.source.text import CleanText, Dropped, SourceText
from summarizer.source.view import simplified_view

ARTICLE = """全市水务工作会议召开

2月3日，全市水务工作会议在岭南路会议中心召开。会议总结2025年水务工作，部署2026年重点任务。

会议要求，一是加快河湖治理，完成清淤疏浚80公里。

二是保障城乡供水，改造老旧管网120公里。

三是守牢防汛底线，更新泵站机组15台。市水务局主要负责同志参加会议。
"""


def source(text: str, furniture: tuple[Dropped, ...] = ()) -> SourceText:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return SourceText("page.txt", digest, "text/plain", "utf-8", text, furniture)


def cleaned(text: str) -> CleanText:
    return clean(source(text))


def reasons(text: str) -> set[str]:
    return {drop.reason for drop in cleaned(text).dropped}


def traditional(text: str) -> str:
    converted: str = OpenCC("s2t").convert(text)
    assert len(converted) == len(text)
    return converted


TITLE, BODY = ARTICLE.split("\n\n", 1)
PAGE = (
    "首页\n岭南水务网\n当前位置：首页 > 新闻中心 > 工作动态\n"
    f"{TITLE}\n发布日期：2026-02-04\u3000来源：岭南水务网\u3000浏览：12\n{BODY}"
    "责任编辑：方圆\n扫一扫在手机打开当前页\n为你推荐\n河长制工作再获表彰\n相关链接：省水利厅\n版权所有：岭南水务网\n"
)


def test_a_page_in_traditional_characters_is_cleaned_as_its_simplified_twin_is() -> None:
    twin, plain = cleaned(traditional(PAGE)), cleaned(PAGE)
    assert plain.text == f"{TITLE}\n{BODY}"
    assert twin.text == traditional(plain.text)
    assert [(drop.start, drop.end, drop.reason) for drop in twin.dropped] == [
        (drop.start, drop.end, drop.reason) for drop in plain.dropped
    ]


@pytest.mark.parametrize("word", ["發佈日期", "發布日期", "發佈時間"])
def test_a_date_line_is_known_by_either_character_for_publishing(word: str) -> None:
    title, body = traditional(TITLE), traditional(BODY)
    assert cleaned(f"{title}\n{word}：2026-02-04\n{body}").text == f"{title}\n{body}"


def test_a_headline_printed_in_both_scripts_stays_once() -> None:
    assert cleaned(f"{traditional(TITLE)}\n{ARTICLE}").text == ARTICLE


def test_cleaning_hands_on_its_conversion() -> None:
    text = cleaned(traditional(PAGE))
    view = simplified_view(text)
    assert view.source is text.simplified
    assert (view.source, view.kept, view.text) == (PAGE, text.kept, f"{TITLE}\n{BODY}")


def test_the_view_of_a_simplified_text_is_the_text_itself() -> None:
    text = cleaned(PAGE)
    assert simplified_view(text) is text


def test_an_article_without_a_page_around_it_is_kept_character_for_character() -> None:
    assert cleaned(ARTICLE).text == ARTICLE


def test_navigation_above_the_article_is_dropped_and_the_headline_stays() -> None:
    page = "岭南水务网\n搜索\n当前位置：首页 > 新闻中心 > 工作动态\n工作动态\n" + ARTICLE
    assert cleaned(page).text == ARTICLE


def test_a_menu_above_the_headline_is_dropped() -> None:
    assert cleaned("首页\n体育\n房产\n教育\n" + ARTICLE).text == ARTICLE


def test_a_library_page_keeps_the_last_of_its_headlines_and_nothing_between_them() -> None:
    title = ARTICLE.split("\n", 1)[0]
    assert cleaned(f"{title}.docx\n安装后可以在桌面快捷访问\n1/5\n{title}VIP专享\n{ARTICLE}").text == ARTICLE


def test_credits_with_bars_of_a_message_account_are_dropped() -> None:
    foot = "END\n来源 | 市水务局办公室\n编辑丨方圆\n往期推荐\n河长制工作再获表彰\n分享、点赞、在看\n"
    assert cleaned(ARTICLE + foot).text == ARTICLE


def test_a_headline_above_the_breadcrumb_stays_when_none_follows() -> None:
    page = "全市水务工作会议在岭南召开\n首页 > 要闻 > 正文\n" + ARTICLE.split("\n", 2)[2]
    assert cleaned(page).text.startswith("全市水务工作会议在岭南召开\n")


def test_buttons_and_font_sizes_above_the_article_are_dropped() -> None:
    page = "下载\n打印\n【字号：\n大\n中\n小\n】\n分享到：\n" + ARTICLE
    assert cleaned(page).text == ARTICLE


def test_date_and_source_line_is_dropped_as_byline() -> None:
    head, body = ARTICLE.split("\n", 1)
    page = f"{head}\n2026-02-04 09:30 来源：岭南日报 作者：方圆\n{body}"
    found = cleaned(page)
    assert found.text.replace("\n", "") == ARTICLE.replace("\n", "")
    assert [drop.reason for drop in found.dropped] == ["byline"]


def test_a_source_label_takes_its_value_from_the_next_line() -> None:
    head, body = ARTICLE.split("\n", 1)
    assert "岭南日报" not in cleaned(f"{head}\n来源：\n岭南日报\n{body}").text


def test_an_index_card_never_takes_the_headline_as_the_value_of_its_last_label() -> None:
    page = "索 引 号：\n\n4400/2026-0001\n内容概述：\n\n岭南市2026年水务工作要点\n\n一、加快河湖治理，完成清淤疏浚80公里。\n"
    assert cleaned(page).text == "岭南市2026年水务工作要点\n\n一、加快河湖治理，完成清淤疏浚80公里。\n"


@pytest.mark.parametrize(
    "tail",
    [
        "责任编辑：方圆\n",
        "相关推荐\n某明星现身机场，粉丝尖叫连连\n某明星现身机场，粉丝尖叫连连\n2026-02-01 10:20:30\n",
        "特别声明：以上内容由平台用户上传，本平台仅提供信息存储服务。\n热点推荐\n股价一夜大涨9588点\n",
        "上一篇：全市林业工作会议召开\n下一篇：全市气象工作会议召开\n",
        "Notice: The content above is uploaded by a user and does not represent the views of this platform.\n",
        "版权所有：岭南市水务局\n粤ICP备12345678号\n",
        "扫一扫在手机打开当前页\n【打印】 【关闭】\n",
        "（来源：岭南日报）\n编辑：方圆\n",
    ],
)
def test_the_foot_of_the_page_is_dropped(tail: str) -> None:
    assert cleaned(ARTICLE + tail).text == ARTICLE


def test_cut_off_leads_of_other_news_after_the_source_line_are_dropped() -> None:
    teasers = (
        "来源：岭南市水务局\n"
        "2月3日，全市水务工作会议在岭南路会议中心召开。会议总结2025年水务工作，部署2026年\n"
        "2月2日，清河县召开农业农村工作会议，会议传达上级精神，安排部署春耕备耕各项任务，要求各乡镇抓紧\n"
        "2月1日，白塔市文旅局举办新春灯会，吸引游客12万人次，有关负责人表示，将继续丰富节日文化供\n"
    )
    assert cleaned(ARTICLE + teasers).text == ARTICLE


def test_a_list_of_related_pages_in_the_middle_goes_and_the_article_goes_on() -> None:
    before, after = ARTICLE.split("二是", 1)
    listed = "更多相关文章：水务工作\n  • 某县水利局2025年工作总结\n\n  • 在全县水利会议上的讲话\n\n"
    assert cleaned(before + listed + "二是" + after).text == before + "二是" + after


def test_a_heading_that_only_looks_like_a_list_of_pages_is_kept() -> None:
    text = ARTICLE + "相关链接\n" + "四是完善水价机制，健全节水奖励制度，推进水权交易试点。\n" * 1 + ARTICLE * 2
    assert "四是完善水价机制" in cleaned(text).text


def test_numbered_chapters_after_a_line_like_an_editors_are_the_article() -> None:
    text = ARTICLE + "编辑：无\n二、民生改善\n1.新建泵站8座，年内投用。\n"
    assert cleaned(text).text.endswith("二、民生改善\n1.新建泵站8座，年内投用。\n")


def test_an_attachment_below_the_editor_is_kept() -> None:
    attachment = "附件\n任务分工表\n序号\n任务\n单位\n1\n河湖治理\n市水务局\n2\n城乡供水\n市水投集团\n"
    assert cleaned(ARTICLE + "责任编辑：方圆\n" + attachment).text == ARTICLE + attachment


def test_cells_of_a_flattened_table_are_content() -> None:
    table = "2026年重点任务分解表\n序号\n任务\n责任单位\n1\n新建泵站\n市水务局\n12\n2\n改造管网\n市水投集团\n45\n小\n大\n合计\n57\n"
    assert cleaned(table).text == table


def test_bare_headings_and_duty_lines_are_content() -> None:
    text = "工作目标\n做好全年水务工作\n重点任务\n新建泵站8座\n责任单位：市水务局\n完成时限：12月底前\n相关政策\n落实水价补贴\n"
    assert cleaned(text).text == text


@pytest.mark.parametrize(
    "line",
    [
        "时间：2026年3月底前",
        "记者：今年水务工作有哪些新的安排？",
        "审核：对各县区申报的材料逐项核对。",
        "未经许可，任何单位不得擅自取用地下水。",
        "有序扩大增值电信业务开放",
        "畅通违法和不良信息举报渠道",
        "编制水资源公报，来源：水文监测数据和各县区统计报表，由市水文局汇总审核后按年度向社会发布并接受监督，确保数据真实准确可靠",
    ],
)
def test_lines_of_the_article_that_begin_like_a_page_are_kept(line: str) -> None:
    text = ARTICLE + line + "\n" + ARTICLE.replace("水务", "水利").replace("公里", "千米")
    assert line in cleaned(text).text


def test_a_meeting_notice_keeps_its_time_and_place() -> None:
    text = "关于召开水务会议的通知\n时间：2026年3月5日上午9时\n地点：市政府二号会议室\n请各单位准时参加，并做好会议准备工作。\n"
    assert "时间：2026年3月5日上午9时" in cleaned(text).text


def test_a_paywall_notice_inside_a_sentence_leaves_the_words_on_either_side() -> None:
    text = ARTICLE + "四是加快智慧水务建设，我们将 ……(某文库省略852字，正式会员可完整阅读)…… \n" + ARTICLE
    kept = cleaned(text).text
    assert "我们将" in kept
    assert "852" not in kept


def test_an_unclosed_notice_at_the_end_runs_to_the_end_of_its_line() -> None:
    text = ARTICLE + "五是提升基层能力 ……（未完，全文共3984字，当前只显示2213字，请阅读下面提示\n"
    assert cleaned(text).text.rstrip().endswith("五是提升基层能力")


def test_a_page_number_that_parts_a_sentence_goes_with_both_line_breaks() -> None:
    assert "加快推进河湖治理" in cleaned(ARTICLE + "四是加快推进\n— 12 —\n河湖治理，落实河长责任。\n").text


def test_a_page_number_between_paragraphs_leaves_the_paragraphs_apart() -> None:
    assert "参加会议。\n一、" in cleaned(ARTICLE.rstrip() + "\n- 3 -\n一、加快河湖治理，完成清淤疏浚80公里。\n").text


def test_ranges_and_dates_are_no_page_numbers() -> None:
    text = "增速保持在5%—6%，2026—2030年年均增长7%，二期2026-01-22投用。\n" + ARTICLE
    assert cleaned(text).text == text


def test_a_body_of_several_paragraphs_printed_twice_is_kept_once() -> None:
    paragraphs = "".join(
        f"{marker}是推进{name}建设，落实年度投资计划，确保汛前完成主体工程并通过验收。\n"
        for marker, name in zip("一二三四", ("河道", "水库", "灌区", "泵站"), strict=True)
    )
    assert cleaned("水务工作会议召开\n" + paragraphs + paragraphs).text == "水务工作会议召开\n" + paragraphs


def test_a_second_copy_of_long_paragraphs_is_dropped_as_duplicate() -> None:
    paragraph = "会议强调，要把水务工作放在更加突出的位置，统筹水资源、水环境、水生态、水安全，久久为功。" * 5 + "\n"
    found = cleaned("水务工作会议召开\n" + paragraph + paragraph)
    assert found.text == "水务工作会议召开\n" + paragraph
    assert [drop.reason for drop in found.dropped] == ["duplicate"]


def test_a_refrain_that_repeats_is_the_authors() -> None:
    text = "各位代表！让我们更加紧密地团结起来，奋力谱写岭南水务事业发展的崭新篇章！\n" + ARTICLE
    assert cleaned(text + text.split("\n")[0] + "\n").text.count("崭新篇章") == 2


def test_link_farm_lines_are_dropped_and_law_enforcement_is_not() -> None:
    assert cleaned("澳门在线赌场\n" + ARTICLE + "泛目录 站群 网页镜像工具\n").text == ARTICLE
    kept = ARTICLE + "四是依法打击非法网站，查处冒用澳门赌场名义的诈骗案件12起。\n"
    assert cleaned(kept).text == kept


def test_spam_inside_a_sentence_is_cut_out() -> None:
    assert "治理河道澳门在线赌场80公里" not in cleaned(ARTICLE + "四是治理河道澳门在线赌场80公里，种植护岸林。\n").text
    assert "治理河道80公里" in cleaned(ARTICLE + "四是治理河道澳门在线赌场80公里，种植护岸林。\n").text


def test_a_page_on_one_line_loses_its_head_and_foot() -> None:
    body = ARTICLE.split("\n", 2)[2].replace("\n", "")
    page = f"全市水务工作会议召开 发布时间：2026-02-04 来源：岭南日报 字号：大 中 小 {body}责任编辑：方圆 上一篇：林业会议召开"
    assert cleaned(page).text == f"全市水务工作会议召开 {body}"


def test_the_readers_own_furniture_is_dropped_with_its_reason() -> None:
    page = "这是侧栏里一段很长的完整句子，它不是文章的内容。\n" + ARTICLE
    furniture = Dropped(0, page.index("全市水务"), "outside_article", "aside")
    found = clean(source(page, (furniture,)))
    assert found.text == ARTICLE
    assert found.dropped[0].reason == "outside_article"


def test_text_of_spaces_and_empty_text_are_no_error() -> None:
    assert cleaned("").kept == ()
    assert cleaned(" \n\u3000\n").dropped == ()


_LINES = st.sampled_from(
    [
        "", "首页 > 要闻", "来源：", "来源：某报", "责任编辑：某某", "相关新闻", "12", "大", "— 3 —", "2026-01-05", "（来源：某报）",
        "一、加快河湖治理，完成清淤疏浚80公里。", "会议要求，各单位要认真贯彻落实，确保各项任务按期完成。", "声明：转载请联系。", "附件", "各位代表：",
        "某县召开工作会议，会议传达上级精神，安排部署各项任务，要求各乡镇抓紧", "澳门在线赌场", "省略12字", "标题：某市水务会议召开", "某市水务会议召开",
    ]
)  # fmt: skip


@given(st.lists(_LINES, max_size=40), st.sampled_from(["\n", "\r\n", " "]))
def test_kept_and_dropped_ranges_partition_any_page(lines: list[str], separator: str) -> None:
    text = separator.join(lines)
    found = cleaned(text)
    ranges = sorted([*found.kept, *((drop.start, drop.end) for drop in found.dropped)])
    assert all(start < end for start, end in ranges)
    assert [start for start, _ in ranges] == [0, *(end for _, end in ranges[:-1])][: len(ranges)]
    assert (ranges[-1][1] if ranges else 0) == len(text)
    assert found.text == "".join(text[start:end] for start, end in found.kept)


@given(st.text(max_size=300))
def test_any_text_is_cleaned_without_error(text: str) -> None:
    found = cleaned(text)
    assert sum(end - start for start, end in found.kept) + sum(d.end - d.start for d in found.dropped) == len(text)


@pytest.mark.parametrize(
    ("media_type", "dropped"),
    [("text/html", True), ("application/pdf", False)],
)
def test_leads_of_other_news_stand_on_pages_not_in_papers(media_type: str, dropped: bool) -> None:
    article = "".join(f"{n}是推进第{n}项工作，落实责任，完善机制，形成合力。\n" for n in "一二三四五六七八")
    lead = "会议强调要统筹推进各项重点工作任务，加快建设高质量服务体系"
    text = f"全市卫生健康工作会议召开\n{lead}，满足群众需要。\n{article}来源：云溪日报\n" + f"{lead}…\n" * 3
    source = SourceText("a", "0" * 64, media_type, None, text)
    assert any(one.reason == "teaser" for one in clean(source).dropped) is dropped


def test_a_short_body_printed_twice_is_kept_once() -> None:
    body = (
        "全市养老服务工作会议在临泽召开\uff0c会议总结了上一年的工作\uff0c部署了今年的重点任务\u3002\n"
        "会议要求\uff0c各县区要新增护理型床位1200张\uff0c社区服务设施覆盖率达到95%以上\uff0c按期完成\u3002\n"
    )
    source = SourceText("a.txt", "0", "text/plain", "utf-8", body + "\n" + body)
    assert clean(source).text.strip() == body.strip()


def test_what_repeats_a_hidden_copy_is_the_article_and_no_copy() -> None:
    body = "".join(
        f"第{n}段话说明本年度的一项工作安排\uff0c并且写明由哪个单位牵头负责落实到位\u3002\n" for n in range(4)
    )
    hidden = Dropped(0, len(body), "hidden", "text that the page does not show")
    source = SourceText("a.html", "0", "text/html", "utf-8", body + body, (hidden,))
    assert clean(source).text == body
