"""What sort of text a document is. The texts are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import reading_of

from summarizer.schema import TextKind

_QUESTIONS = """3月1日起，《栗川市家庭医生签约服务管理办法》施行，市卫生健康委负责人回答了记者的提问。
问：签约后能享受哪些服务？
答：签约居民享受基本医疗、健康管理等服务，会议要求各地抓好落实。
问：怎样解约？
答：《办法》提出如下措施，签约满一年后可以解约，会议强调要简化手续。
"""
_BACKGROUND = """关于《栗川市长期护理保险实施方案》的说明
一、起草背景
长期护理保险是积极应对人口老龄化的重要举措。
二、主要内容
职工和居民同步参保，月度支付限额提高到2400元。
三、下一步工作安排
抓紧印发实施。
"""
_EXPLAINED = """困难群众怎么救助
现将《栗川市困难群众医疗救助实施方案》解读如下：
特困人员、低保对象等六类人员，住院救助比例为75%。
"""
_PLAN = """关于印发《栗川市托育服务补贴实施方案》的通知
各县（区）人民政府：
现将《栗川市托育服务补贴实施方案》印发给你们，请认真贯彻执行。
（一）增加托位供给。新增托位600个。
（二）落实补贴政策。每个托位补助1万元。
"""
_ANSWERS = """问：补贴怎么申请？
答：向县卫健局申请。
问：多久到账？
答：三十日内。
"""
_ITEMS = """县域医疗服务提升

近年来，我县坚持改革创新，探索形成了有效的服务体系。
1.推进紧密型医共体，年底前覆盖全部乡镇。{bracket}
2.加强药品保障，集采药品达到300种。{bracket}
"""
_PRAISED = """栗川市2031年医疗保障{name}
2031年，全市医保系统要凝心聚力，全力打造亮点，推动各项工作取得显著成效。
一、扩大参保覆盖。参保率稳定在96%以上。
二、加强基金监管。检查定点机构300家。
"""


def _kind(text: str) -> TextKind:
    return reading_of(text).kind.kind


@pytest.mark.parametrize(
    "bracket",
    [
        "（县卫健局负责）",
        "（县医保局牵头，县财政局、县卫健局按职责分工负责）",
        "（牵头单位：县卫健局；责任单位：县财政局）",
        "【责任科室：医政科】",
        "(县卫健局牵头)。",
    ],
)
def test_items_that_end_with_who_does_them_set_work(bracket: str) -> None:
    assert _kind(_ITEMS.format(bracket=bracket)) is TextKind.SETS_WORK


@pytest.mark.parametrize("bracket", ["", "（全县共12个）", "（见图一）"])
def test_items_without_who_does_them_set_no_work_by_themselves(bracket: str) -> None:
    assert _kind(_ITEMS.format(bracket=bracket)) is not TextKind.SETS_WORK


def test_a_single_bracket_of_duty_is_no_sharing_out_of_work() -> None:
    assert _kind(_ITEMS.format(bracket="").rstrip() + "（县医保局负责）") is not TextKind.SETS_WORK


@pytest.mark.parametrize("name", ["工作要点", "工作计划", "实施方案", "若干措施", "任务清单（试行）"])
def test_praise_in_the_preamble_of_a_work_text_does_not_make_it_news(name: str) -> None:
    assert _kind(_PRAISED.format(name=name)) is TextKind.SETS_WORK


def test_a_headline_in_praise_makes_news() -> None:
    assert (
        _kind("栗川市支付改革取得显著成效\n\n一、机制更活。建立沟通机制。\n二、监管更严。加强检查。") is TextKind.NEWS
    )


def test_news_that_a_plan_was_issued_is_not_the_plan() -> None:
    text = "栗川市印发托育服务补贴实施方案\n记者从栗川市卫生健康委获悉，方案明确，普惠托育机构每个托位每月补助300元。"
    assert _kind(text) is TextKind.NEWS


@pytest.mark.parametrize(
    "text",
    [_QUESTIONS, _QUESTIONS.replace("\n", ""), _BACKGROUND, _EXPLAINED],
    ids=["lines", "one line", "headings", "told"],
)
def test_an_explanation_is_known_by_its_body_though_it_repeats_the_words_of_work(text: str) -> None:
    assert _kind(text) is TextKind.INTERPRETATION


def test_questions_of_a_reporter_and_answers_under_a_name_explain_too() -> None:
    text = _QUESTIONS.replace("问：", "记者：").replace("答：", "负责人：")
    assert _kind(text) is TextKind.INTERPRETATION


def test_questions_about_no_document_are_an_interview() -> None:
    text = "周敏院长谈从医\n" + _ANSWERS.replace("补贴怎么申请", "最难忘的是什么").replace("多久到账", "公立医院怎么改")
    assert _kind(text) is TextKind.NEWS


def test_questions_appended_to_a_plan_leave_it_a_plan() -> None:
    assert _kind(_PLAN + _ANSWERS) is TextKind.SETS_WORK


def test_a_short_text_with_a_figure_in_every_clause_reports_figures() -> None:
    text = "全市医疗保障\n截至6月底，全市参保412.6万人，参保率95.8%，基金收入38.2亿元，增长6.1%，异地结算23.4万人次。"
    assert _kind(text) is TextKind.FIGURES


def test_a_few_figures_among_many_words_stay_news() -> None:
    text = (
        "全市健康宣传活动举行\n"
        + "活动现场气氛热烈，居民体验了中医推拿。" * 30
        + "发放资料3000份、药品200盒，义诊150人，培训80人，参加20家。"
    )
    assert _kind(text) is TextKind.NEWS


def test_an_account_of_an_experience_needs_denser_figures_to_report_them() -> None:
    words = "县里坚持普惠优先，把闲置校舍改成托育点，家长都说方便。" * 4
    text = f"沅桥县托育经验\n{words}全县托位1860个，普惠占比82%，使用率71%，收费1100元，面积9300平方米。"
    assert _kind(text) is TextKind.NEWS
    assert _kind(text.replace("经验", "发展")) is TextKind.FIGURES


@given(st.text("问答：《》办法\n（负责）一、1.。？", max_size=60))
def test_the_evidence_of_a_kind_lies_in_the_text(text: str) -> None:
    read = reading_of(text)
    assert all(0 <= start < end <= len(read.text) for start, end in read.kind.evidence)
