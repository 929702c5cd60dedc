"""Pages as publishing systems make them, around any article: the forms are met on real sites, the words are invented.

Each template takes a headline and paragraphs and returns the page with its furniture, line by line. They differ in what
makes extraction hard: layout tables, paragraphs by line breaks or by spans, index cards above the headline, hidden bodies,
bodies in scripts, textareas and JSON, lists of links of the article's own length, text in many pieces.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable

Page = tuple[str, list[str]]
Template = Callable[[str, list[str]], Page]

NAV = ["首页", "要闻动态", "政务公开", "办事服务", "互动交流", "数据开放", "专题专栏"]
HOT = [
    "城际列车加开三十对",
    "今夜到明天有小雨 8℃到15℃",
    "市民广场音乐喷泉恢复开放",
    "本地樱桃上市 每斤28元",
    "马拉松报名人数破两万",
    "地铁三号线延长运营至23时30分",
]
FOOT = [
    "版权所有\uff1a云溪市人民政府办公室",
    "主办单位\uff1a云溪市人民政府办公室 承办单位\uff1a云溪市大数据中心",
    "网站标识码\uff1a3300000000 浙ICP备00000000号 浙公网安备 33000000000000号",
    "联系我们 网站地图 隐私声明",
]
SHARE = ["分享到\uff1a", "微信", "微博", "QQ空间"]
INDENT = ' style="text-indent:2em"'
CARD = [
    ("索引号", "000000000/2026-00012"),
    ("主题分类", "卫生、体育"),
    ("发文机关", "云溪市人民政府办公室"),
    ("成文日期", "2026年01月08日"),
    ("发文字号", "云政办发〔2026〕3号"),
    ("有效性", "有效"),
]


def _links(words: list[str], tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/{n}.html" title="{word}">{word}</a></{tag}>' for n, word in enumerate(words))


def _paragraphs(lines: list[str], tag: str = "p", attributes: str = "") -> str:
    return "".join(f"<{tag}{attributes}>{line}</{tag}>" for line in lines)


def _page(head: str, body: str) -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def _teasers() -> list[str]:
    return [f"{head}\uff0c记者从有关部门了解到\uff0c这一消息引发关注\u3002" for head in HOT]


def portal(title: str, lines: list[str]) -> Page:
    """A news portal: navigation, hot list beside, teasers below."""
    teasers = _teasers()
    body = (
        f'<div class="nav">{_links(NAV, "span")}</div><div class="wrap"><div class="left"><h1>{title}</h1>'
        f'<div class="article">{_paragraphs(lines)}</div><div class="related"><h3>相关阅读</h3>{_links(teasers, "div")}</div></div>'
        f'<div class="right"><h3>热点推荐</h3><ul>{_links(HOT)}</ul></div></div><div class="footer">{_paragraphs(FOOT)}</div>'
    )
    return _page(f"<title>{title}_云溪网</title>", body), [*NAV, *HOT, *teasers, *FOOT]


def office(title: str, lines: list[str]) -> Page:
    """A government site of the old kind: everything in layout tables, paragraphs by br."""
    body = (
        f"<table><tr>{_links(NAV, 'td')}</tr></table><table><tr><td><h2>{title}</h2></td></tr>"
        f'<tr><td>打印 关闭 字号\uff1a大 中 小</td></tr><tr><td class="content">{"<br/>　　".join(lines)}</td></tr></table>'
        f"<table><tr><td>{'</td></tr><tr><td>'.join(FOOT)}</td></tr></table>"
    )
    return _page(f"<title>{title}</title>", body), [*NAV, "打印 关闭 字号\uff1a大 中 小", *FOOT]


def message(title: str, lines: list[str]) -> Page:
    """A message page as it is served: the body hidden until its script runs, sections in spans, share bar below."""
    share = ["点赞", "在看", "分享给好友", "微信扫一扫关注该公众号", "预览时标签不可点"]
    sections = "".join(f'<section><span style="font-size:16px">{line}</span></section>' for line in lines)
    body = (
        f'<div id="page"><div id="js_article"><h1 class="rich_media_title" id="activity-name">\n{title}\n</h1>'
        f'<div id="meta_content"><span>云溪发布</span><em id="publish_time">2026-01-08 09:30</em></div>'
        f'<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">{sections}</div></div>'
        f'<div class="rich_media_tool">{_paragraphs(share, "div")}</div></div>'
    )
    return _page(f"<title>{title}</title>", body), share


def editor(title: str, lines: list[str]) -> Page:
    """A portal with an index card, a breadcrumb, an editor's container and a list of attachments."""
    card = "".join(f"<tr><td><b>{key}\uff1a</b></td><td>{value}</td></tr>" for key, value in CARD)
    body = (
        f'<div class="header"><ul>{_links(NAV)}</ul></div><div class="crumb">当前位置\uff1a<a href="/">首页</a> &gt; '
        f'<a href="/z">政务公开</a> &gt; <a href="/w">文件</a></div><table class="card">{card}</table><div class="title">{title}</div>'
        f'<div class="info">发布日期\uff1a2026-01-08 信息来源\uff1a市政府办 浏览次数\uff1a<span id="hits"></span> 字体\uff1a【大 中 小】</div>'
        f'<div class="view TRS_UEDITOR trs_paper_default">{_paragraphs(lines, "p", INDENT)}</div>'
        f'<div class="tools">【打印本页】 【关闭窗口】</div><div class="footer">{_paragraphs(FOOT)}</div>'
    )
    furniture = [*NAV, "当前位置\uff1a", *(value for _, value in CARD), "【打印本页】 【关闭窗口】", *FOOT]
    return _page(f"<title>{title}-云溪市人民政府</title>", body), furniture


def zoom(title: str, lines: list[str]) -> Page:
    """Word's own markup pasted into a portal: every run of characters in a span of its own, empty marks between."""

    def runs(line: str) -> str:
        pieces = [line[at : at + 5] for at in range(0, len(line), 5)]
        return "".join(f'<span lang="EN-US" style="font-family:仿宋_GB2312">{piece}</span>' for piece in pieces)

    body = (
        f'<div class="top">{_links(NAV, "span")}</div><div id="zoom"><p class="MsoNormal" align="center"><b>{runs(title)}</b></p>'
        + "".join(f'<p class="MsoNormal">{runs(line)}<o:p></o:p></p><p class="MsoNormal">&nbsp;</p>' for line in lines)
        + f'</div><div class="bottom">{_paragraphs(FOOT)}</div>'
    )
    return _page(f"<title>{title}</title>", body), [*NAV, *FOOT]


def campus(title: str, lines: list[str]) -> Page:
    """A school's publishing system: the article in a form, neighbours linked below, a tree of columns beside."""
    neighbours = ["上一条\uff1a关于做好春季开学工作的通知", "下一条\uff1a关于举办职工运动会的通知"]
    tree = ["学院概况", "机构设置", "师资队伍", "招生就业", "党建工作", "下载中心"]
    body = (
        f'<div class="left"><ul>{_links(tree)}</ul></div><form name="_newscontent_fromname"><div class="content"><h2>{title}</h2>'
        f'<p class="info">2026年01月08日 10:22 党委办公室 点击\uff1a[<script>_showDynClicks(1)</script>]</p>'
        f'<div id="vsb_content" class="v_news_content">{_paragraphs(lines)}</div></div></form>'
        f"<div>{_links(neighbours, 'p')}</div><div class='foot'>{_paragraphs(FOOT[:2])}</div>"
    )
    return _page(f"<title>{title}-云溪学院</title>", body), [*tree, *neighbours, *FOOT[:2]]


def people(title: str, lines: list[str]) -> Page:
    """A newspaper's page: columns above, the editor's line and shared lists below, recommended pictures."""
    below = ["(责编\uff1a张某、李某)", "分享让更多人看到", "推荐阅读"]
    teasers = _teasers()
    body = (
        f'<div class="layout nav">{_links(NAV, "a")}</div><div class="col-1"><h1>{title}</h1><div class="channel"><div>2026年01月08日08:30 | '
        f"来源\uff1a<a>云溪日报</a></div><div>小字号</div></div><div class='rm_txt_con'>{_paragraphs(lines)}</div>"
        f"{_paragraphs(below)}{_links(teasers, 'div')}</div><div class='right'><ul>{_links(HOT)}</ul></div><div class='footer'>{_paragraphs(FOOT)}</div>"
    )
    return _page(f"<title>{title}--云溪频道</title>", body), [*NAV, *below, *teasers, *HOT, *FOOT, "小字号"]


def next_data(title: str, lines: list[str]) -> Page:
    """A page that a script builds: the body stands in its data only."""
    data = {
        "props": {
            "pageProps": {
                "detailData": {
                    "contentDetail": {
                        "name": title,
                        "title": title,
                        "content": _paragraphs(lines),
                        "pubTime": "2026-01-08 08:30",
                    }
                }
            }
        }
    }
    script = json.dumps(data, ensure_ascii=True).replace("/", "\\/")
    body = f'<div id="__next"><div class="nav">{_links(NAV, "a")}</div></div><script id="__NEXT_DATA__" type="application/json">{script}</script>'
    return _page(f"<title>{title}_云溪新闻</title>", body), NAV


def assigned(title: str, lines: list[str]) -> Page:
    """A headline service: the body as an escaped string in an assignment of a script."""
    text = html.escape(_paragraphs(lines)).replace("&lt;", "\\u003C").replace("&gt;", "\\u003E")
    script = f"var BASE_DATA = {{ articleInfo: {{ title: '{title}', content: '{text}', groupId: '1' }} }};"
    body = f'<div id="root"><div class="header">{_links(NAV, "a")}</div></div><script>{script}</script>'
    return _page(f"<title>{title}</title>", body), NAV


def textarea(title: str, lines: list[str]) -> Page:
    """An editor's text area left on the page, its markup escaped."""
    body = (
        f'<div class="t">{_links(NAV, "a")}</div><h1>{title}</h1><textarea id="zoom" style="display:none">'
        f"{html.escape(_paragraphs(lines))}</textarea><div class='footer'>{_paragraphs(FOOT)}</div>"
    )
    return _page(f"<title>{title}</title>", body), [*NAV, *FOOT]


def escaped(title: str, lines: list[str]) -> Page:
    """A feed that escaped its markup once too often."""
    body = f"<h1>{title}</h1><div class='article-content'>{html.escape(_paragraphs(lines))}</div><p>{FOOT[0]}</p>"
    return _page(f"<title>{title}</title>", body), [FOOT[0]]


def twice(title: str, lines: list[str]) -> Page:
    """The body for large screens and again for small ones, the second in another container."""
    body = (
        f'<div class="pc"><h1>{title}</h1><div class="con">{_paragraphs(lines)}</div></div>'
        f'<div class="mobile"><h1>{title}</h1><div class="con">{_paragraphs(lines)}</div></div>'
        f'<div class="footer">{_paragraphs(FOOT)}</div>'
    )
    return _page(f"<title>{title}</title>", body), FOOT


def faded(title: str, lines: list[str]) -> Page:
    """Each paragraph fades in by a script, and a menu stays hidden for good."""
    body = (
        f'<div style="display:none"><ul>{_links(NAV)}</ul></div><h1>{title}</h1><div class="main">'
        f"{_paragraphs(lines, 'p', ' class=wow style=visibility:hidden')}</div><div class='footer'>{_paragraphs(FOOT)}</div>"
    )
    return _page(f"<title>{title}</title><style>body{{opacity:0}} .x{{color:red}}</style>", body), [*NAV, *FOOT]


def plain(title: str, lines: list[str]) -> Page:
    """One block for the whole text, its lines kept by the style sheet."""
    body = (
        f'<div class="nav">{_links(NAV, "a")}</div><div class="detail"><h3>{title}</h3><pre style="white-space:pre-wrap">'
        + "\n".join("　　" + line for line in lines)
        + f"</pre></div><div class='footer'>{_paragraphs(FOOT)}</div>"
    )
    return _page(f"<title>{title}</title>", body), [*NAV, *FOOT]


def listing(title: str, lines: list[str]) -> Page:
    """A short article beside long lists of other news, whose words are more than its own."""
    others = [f"{head}\uff0c{other}" for head in HOT for other in HOT if head != other]
    body = (
        f'<div class="menu">{_links(NAV)}</div><div class="box"><ul>{_links(others)}</ul></div><div class="main"><h1>{title}</h1>'
        f'<div class="meta">时间\uff1a2026-01-08 来源\uff1a云溪日报</div><div class="con">{_paragraphs(lines)}</div></div>'
        f'<div class="box2"><ul>{_links(others[::-1])}</ul></div><div class="foot">{_paragraphs(FOOT)}</div>'
    )
    return _page(f"<title>{title}</title>", body), [*NAV, *others, *FOOT]


def server(title: str, lines: list[str]) -> Page:
    """A page saved before its server ran: directives, tag libraries and conditional comments stand in it."""
    page, furniture = portal(title, lines)
    head = '<%@ page language="java" contentType="text/html; charset=UTF-8"%>\n<%@ taglib prefix="c" uri="core" %>\n'
    return head + page.replace("<h1>", '<c:if test="${ok}"><%-- 标题 --%></c:if><![if !IE]><h1>'), [
        *furniture,
        "page language",
    ]


TEMPLATES: tuple[Template, ...] = (
    portal, office, message, editor, zoom, campus, people, next_data, assigned, textarea, escaped, twice, faded, plain,
    listing, server,
)  # fmt: skip
