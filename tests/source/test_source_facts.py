"""Facts: what is printed is read, what is not printed stays null."""

from __future__ import annotations

import hashlib

import pytest

from summarizer.schema import Flag, Level
from summarizer.source.clean import clean
from summarizer.source.facts import Facts, facts
from summarizer.source.text import SourceText
from summarizer.source.view import simplified_view


def read(text: str) -> Facts:
    source = SourceText("page.txt", hashlib.sha256(text.encode()).hexdigest(), "text/plain", "utf-8", text)
    return facts(source, simplified_view(clean(source)))


READOUT = (
    "全省水利工作会议召开\n2026-02-04 09:30 来源：江右日报 作者：方圆\n"
    "2月3日，全省水利工作会议在南昌召开。会议总结2025年工作，部署2026年任务。\n"
    "省水利厅党组书记、厅长方明作工作报告。会议强调，要守牢防汛底线。\n会议要求，一是加快河湖治理；二是保障城乡供水。\n"
)


def test_a_meeting_readout_gives_issuer_region_and_meeting() -> None:
    found = read(READOUT)
    assert found.title == "全省水利工作会议召开"
    assert (found.issuer, found.region, found.level) == ("江西省水利厅", "江西省", Level.PROVINCE)
    assert (found.publisher, found.published, found.genre) == ("江右日报", "2026-02-04", "会议通稿")
    assert found.meeting.model_dump() == {"name": "全省水利工作会议", "date": "2026-02-03", "place": "南昌"}


def test_a_year_taken_from_the_publication_date_is_noted_with_its_place() -> None:
    note = read(READOUT).notes[0]
    assert note.flag is Flag.INFERRED_DATE
    assert note.span is not None
    assert READOUT[note.span.start : note.span.end] == "2月3日"


def test_a_meeting_in_december_published_in_january_was_in_the_year_before() -> None:
    text = READOUT.replace("2月3日", "12月29日").replace("2026-02-04", "2026-01-03")
    assert read(text).meeting.date == "2025-12-29"


def test_without_publication_date_the_year_comes_from_the_plan_of_the_text() -> None:
    text = READOUT.replace("2026-02-04 09:30 来源：江右日报 作者：方圆\n", "")
    assert read(text).meeting.date == "2026-02-03"
    assert read(text).published is None
    assert read(text.replace("2月3日", "12月29日")).meeting.date == "2025-12-29"


def test_without_any_statement_of_the_year_the_meeting_has_no_date() -> None:
    text = "水利工作会议召开\n2月3日，全省水利工作会议在南昌召开。会议强调，要守牢防汛底线。会议要求加快河湖治理。\n"
    assert read(text).meeting.date is None
    assert read(text).notes == ()


def test_the_day_after_a_dateline_is_the_meetings() -> None:
    text = READOUT.replace("2月3日，", "江右日报2月4日讯 3日，")
    assert read(text).meeting.date == "2026-02-03"


def test_a_bare_day_later_than_the_dateline_belongs_to_the_month_before() -> None:
    text = READOUT.replace("2月3日，", "江右日报2月1日讯 31日，")
    assert read(text).meeting.date == "2026-01-31"


def test_a_date_of_another_page_is_never_the_publication_date() -> None:
    text = (
        READOUT.replace("2026-02-04 09:30 来源：江右日报 作者：方圆\n", "")
        + "热点推荐\n某地大雪\n2026-03-01 08:00:00\n"
    )
    assert read(text).published is None


@pytest.mark.parametrize(
    ("title", "opening", "issuer", "region", "level"),
    [
        ("2026年江西省政府工作报告", "我代表省人民政府", "江西省人民政府", "江西省", Level.PROVINCE),
        ("政府工作报告", "我代表广西壮族自治区人民政府", "广西壮族自治区人民政府", "广西壮族自治区", Level.PROVINCE),
        ("2026年苏州市政府工作报告", "我代表市人民政府", "苏州市人民政府", "苏州市", Level.CITY),
        ("2026年重庆市政府工作报告", "我代表市人民政府", "重庆市人民政府", "重庆市", Level.PROVINCE),
        ("2026年安吉县政府工作报告", "我代表县人民政府", "安吉县人民政府", "安吉县", Level.COUNTY),
        ("政府工作报告", "我代表国务院", "国务院", "全国", Level.NATIONAL),
    ],
)
def test_a_work_report_is_issued_by_the_government_it_speaks_for(
    title: str, opening: str, issuer: str, region: str, level: Level
) -> None:
    found = read(
        f"{title}\n各位代表：\n现在，{opening}，向大会报告工作，请予审议。\n一、2025年工作回顾\n过去一年，成绩显著。\n"
    )
    assert (found.issuer, found.region, found.level, found.genre) == (issuer, region, level, "政府工作报告")


def test_the_subtitle_gives_day_and_name_of_the_congress_even_when_wrapped() -> None:
    text = (
        "政府工作报告\n——二〇二六年一月二十七日在江西省第十四届\n人民代表大会第四次会议上\n江西省省长 方 明\n"
        "各位代表：\n现在，我代表省人民政府，向大会报告工作，请予审议。\n"
    )
    found = read(text)
    assert found.title == "政府工作报告"
    assert found.meeting.date == "2026-01-27"
    assert found.meeting.name == "江西省第十四届人民代表大会第四次会议"


def test_a_speech_takes_its_day_from_the_brackets_below_the_headline() -> None:
    found = read(
        "在全县农村工作会议上的讲话\n（2026年2月18日）\n方 明\n同志们：\n下面，我讲三点意见，请大家抓好落实。\n"
    )
    assert (found.genre, found.meeting.date, found.meeting.name) == ("讲话", "2026-02-18", "全县农村工作会议")
    assert found.level is Level.COUNTY
    assert found.region is None


def test_a_district_that_is_not_named_stays_unknown() -> None:
    text = (
        "在全区2026年水务工作会议上的讲话\n同志们：\n今天，我们召开全区水务工作会议，紧紧围绕区委、区政府决策部署，安排今年工作。\n"
        "一是抓好河湖治理，二是抓好供水保障，推动全区水务工作再上台阶。\n"
    )
    found = read(text)
    assert (found.region, found.issuer, found.level) == (None, None, Level.COUNTY)


def test_quanqu_is_an_autonomous_region_when_the_text_says_so() -> None:
    text = (
        "2026年全区水利工作会议在银川市召开\n1月21日，2026年全区水利工作会议在银川召开。会议强调，落实自治区党委部署。\n"
        "自治区水利厅党组书记、厅长方明出席会议并讲话。会议要求，做好2026年工作。\n"
    )
    found = read(text)
    assert (found.issuer, found.region, found.level) == ("宁夏回族自治区水利厅", "宁夏回族自治区", Level.PROVINCE)


def test_a_notice_is_issued_by_the_body_in_its_headline_and_dated_by_its_signature() -> None:
    text = (
        "岭北市人民政府办公室关于印发岭北市2026年民生实事方案的通知\n各县（市、区）人民政府：\n现将方案印发给你们，请认真贯彻执行。\n"
        "岭北市人民政府办公室\n2026年3月2日\n岭北市2026年民生实事方案\n一、新建养老服务站30个，年内全部投用。\n"
    )
    found = read(text)
    assert (found.issuer, found.genre, found.published) == ("岭北市人民政府办公室", "通知", "2026-03-02")


def test_the_label_of_publication_wins_over_the_label_of_writing() -> None:
    text = (
        "发文日期：2026-03-06\n发布日期：2026-03-08\n岭北县教育局2026年工作要点\n一、加强学校建设，新增学位2400个。\n"
    )
    assert read(text).published == "2026-03-08"


@pytest.mark.parametrize(
    "text",
    [
        "各位代表：\n现在，我代表国务院，向大会作政府工作报告，请予审议。\n",
        "2月3日，全省水利工作会议在南昌召开，会议要求加快河湖治理，守牢防汛底线。\n",
        "重点任务\n一、新建泵站8座，改造管网120公里。\n",
    ],
)
def test_a_text_that_begins_with_its_first_sentence_has_no_title(text: str) -> None:
    assert read(text).title is None


def test_a_headline_wrapped_over_two_lines_is_joined() -> None:
    text = "岭北市教育局关于印发岭北市2026年\n教育工作要点的通知\n各县（市、区）教育局：\n现将要点印发给你们，请结合实际抓好落实。\n"
    assert read(text).title == "岭北市教育局关于印发岭北市2026年教育工作要点的通知"


def test_a_traditional_text_is_read_and_its_headline_kept_in_its_script() -> None:
    text = "全省水利工作會議召開\n2月3日，全省水利工作會議在廣州召開。會議強調，要守牢防汛底線。會議要求，部署2026年任務，加快河湖治理。\n"
    found = read(text)
    assert (found.script, found.title, found.region) == ("zh-Hant", "全省水利工作會議召開", "广东省")
    assert found.meeting.date == "2026-02-03"


def test_injected_pinyin_does_not_hide_the_facts_and_stays_in_the_headline() -> None:
    text = "全省衛(wèi)生工作會(huì)議召開\n2月3日，全省衛(wèi)生工作會(huì)議在廣州召開。會(huì)議強調，要深化改革。會(huì)議要求，部署2026年任務(wù)。\n"
    found = read(text)
    assert found.title == "全省衛(wèi)生工作會(huì)議召開"
    assert found.meeting.name == "全省卫生工作会议"


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("岭北市促进就业行动方案", "方案"),
        ("岭北市2026年教育工作要点", "方案"),
        ("岭北市关于促进托育服务发展的实施意见", "意见"),
        ("岭北市2025年国民经济和社会发展统计公报", "公报"),
        ("岭北市教育局关于印发《2026年工作方案》的通知", "通知"),
        ("岭北市促进就业行动方案（试行）", "方案"),
        ("某中学举办春季运动会", "其他"),
    ],
)
def test_the_end_of_the_headline_gives_the_genre(title: str, genre: str) -> None:
    assert read(f"{title}\n为做好有关工作，结合实际，制定如下措施，请抓好落实。\n").genre == genre


def test_a_city_that_cites_the_province_is_still_a_city() -> None:
    text = (
        "岭南市2026年水务工作会议召开\n2月3日，岭南市2026年水务工作会议召开。会议传达全省水利工作会议精神，部署2026年任务。\n"
        "市水务局党组书记、局长方明讲话。会议指出，成效显著。会议要求，落实省委、省政府部署，加快河湖治理。\n"
    )
    found = read(text)
    assert (found.issuer, found.region, found.level) == ("岭南市水务局", "岭南市", Level.CITY)


def test_a_full_date_after_a_dateline_is_the_meetings() -> None:
    text = "新华社北京3月5日电（记者方圆）2026年3月4日下午，全国水利工作会议在京召开。会议强调，要守牢底线。会议要求，抓好落实。\n"
    found = read(text)
    assert (found.meeting.date, found.meeting.place) == ("2026-03-04", "北京")


def test_a_meeting_named_after_the_verb_is_found() -> None:
    text = "省教育厅召开会议\n2026-01-20\n1月19日，省教育厅在杭州召开2026年全省教育工作会议。会议提出，今年要抓好九件大事，建设教育强省。\n"
    found = read(text)
    assert found.meeting.model_dump() == {"name": "2026年全省教育工作会议", "date": "2026-01-19", "place": "杭州"}
    assert (found.genre, found.issuer) == ("会议通稿", "浙江省教育厅")


def test_a_source_of_funds_in_the_middle_is_no_publisher() -> None:
    text = (
        "岭北县重点工作方案\n一、新建厂房10万平方米，年内投用。\n来源：专项债资金\n"
        + "二、改造老旧小区，完善配套设施，惠及群众。\n" * 12
    )
    assert read(text).publisher is None


def test_the_date_line_right_below_the_headline_of_a_long_text_is_the_publication_date() -> None:
    names = ("河湖", "水库", "灌区", "泵站", "管网", "堤防", "湿地", "水源")
    body = "".join(
        f"会议要求，要加快{name}建设，保障城乡供水安全，守牢防汛底线，推动全市水务高质量发展。\n" for name in names
    )
    assert read(f"全市水务工作会议召开\n\n发布时间：2026-02-04 09:45\n\n{body}").published == "2026-02-04"


@pytest.mark.parametrize(
    "text",
    [
        "我国养老服务体系建设取得新进展\n记者今天从发布会上获悉，养老床位稳步增加，服务质量持续改善，机构运行平稳。\n",
        "中央农村工作会议在京召开\n会议2月3日在京举行。会议全面分析了当前形势，部署了2026年的工作，强调抓好落实。\n",
        "林草事业稳步向前\n多年来，我国持续开展国土绿化，森林面积逐年增加，人工林面积居于前列，生态明显改善。\n",
    ],
)
def test_a_text_that_names_no_place_but_the_country_is_national(text: str) -> None:
    found = read(text)
    assert (found.region, found.level) == ("全国", Level.NATIONAL)


def test_a_local_text_that_mentions_the_country_is_local() -> None:
    text = READOUT.replace("会议指出，", "会议指出，我国发展环境深刻变化。", 1)
    assert (read(text).region, read(text).level) == (read(READOUT).region, read(READOUT).level)
