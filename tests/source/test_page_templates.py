"""On every form of page that the benchmark knows, the article is kept whole and the furniture goes."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from summarizer.source.clean import clean
from summarizer.source.html import read_html
from summarizer.source.text import SourceText

FILE = Path(__file__).parents[2] / "eval" / "bench" / "page_templates.py"
TITLE = "临泽市2032年养老服务工作要点"
LINES = [
    "各县区人民政府\uff0c市政府各部门\uff1a",
    "2032年\uff0c全市养老服务工作以提升质量为主线\uff0c重点抓好以下任务\u3002",
    "一、扩大服务供给",
    "\uff08一\uff09建设护理型床位\u3002新增护理型床位1200张\uff0c社区服务设施覆盖率达到95%以上\u3002\uff08市民政局牵头\uff09",
    "\uff08二\uff09壮大人才队伍\u3002年内培训护理员3000名\uff0c持证上岗率达到90%\uff0c完善职业技能等级认定办法\u3002",
    "二、强化综合监管",
    "\uff08三\uff09排查安全隐患\u3002开展消防专项检查\uff0c隐患整改率保持100%\uff0c每季度通报一次结果\u3002",
    "\uff08四\uff09规范服务收费\u3002全面公示收费项目和标准\uff0c投诉办结率达到98%以上\u3002",
    "临泽市人民政府办公室",
    "2032年1月8日",
]


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("page_templates", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


TEMPLATES = _module().TEMPLATES


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.__name__)
def test_the_article_is_kept_whole_and_the_furniture_goes(template) -> None:  # type: ignore[no-untyped-def]
    markup, furniture = template(TITLE, LINES)
    page = read_html(markup)
    kept = clean(SourceText("page.html", "0", "text/html", "utf-8", page.text, page.furniture)).text.splitlines()
    assert [line.strip() for line in kept if line.strip() in LINES] == LINES
    assert [line for line in kept if line.strip() in furniture] == []
    assert sum(TITLE in line for line in kept) == 1
