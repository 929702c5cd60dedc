"""What readers of Word and PDF files give back, on files that each show one kind of markup or layout.

    .venv/bin/python eval/bench/office_extraction.py

Each file is made here by the makers of the tests and says what a person reads in it and what nobody reads. Counted are
readings: a wanted one is right when it stands whole in a line, white space aside at its ends ("as read"), or anywhere when
all white space is taken out ("in some form"); an unwanted one is noise when it stands anywhere, white space out. Peers that
are not installed are said and left out; install them beside with:
.venv/bin/pip install mammoth docx2python docx2txt "markitdown[docx,pdf]" pymupdf pypdf
"""

from __future__ import annotations

import importlib
import importlib.metadata
import io
import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "source"))

from docx_maker import cell, level, make_docx, numbered, paragraph, part, run, table
from pdf_maker import Text, make_pdf

from summarizer.source.pdf.reader import read_pdf
from summarizer.source.word.reader import read_docx

Extract = Callable[[bytes], str]
LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True)
class Case:
    """A file, what a person reads in it, and what must not be read as text."""

    name: str
    data: bytes
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...] = ()


def word_cases() -> list[Case]:
    """One file for each kind of Word markup."""
    value = "覆盖率达到95%以上。"

    def inside(name: str, inner: str, *unwanted: str, **parts: str) -> Case:
        files = {f"{key}.xml": content for key, content in parts.items()}
        return Case(name, make_docx(paragraph(run("覆盖率达到") + inner + run("以上。")), files), (value,), unwanted)

    box = "<w:txbxContent>" + paragraph("框内目标92%。") + "</w:txbxContent>"
    shape = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
        f"{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    code = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF 率 </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("95%")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    raised = '<w:vertAlign w:val="superscript"/>'
    note = part("footnotes", f'<w:footnote w:id="2">{paragraph("甲注。")}</w:footnote>')
    levels = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）")
    numbers = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )
    merged = table(
        cell("类别", '<w:vMerge w:val="restart"/>') + cell("目标值", '<w:gridSpan w:val="2"/>'),
        cell("", "<w:vMerge/>") + cell("2030年") + cell("2035年"),
        cell("健康") + cell("80") + cell("81"),
    )
    ragged = table(
        cell("指标", '<w:gridSpan w:val="2"/>') + cell("目标"),
        f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("普及率")}{cell("98%")}</w:tr>',
    )
    hidden = part("styles", '<w:style w:type="paragraph" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>')
    return [
        inside("control in a line", f"<w:sdt><w:sdtContent>{run('95%')}</w:sdtContent></w:sdt>"),
        inside("tracked change", f"<w:del><w:r><w:delText>90%</w:delText></w:r></w:del><w:ins>{run('95%')}</w:ins>", "90%"),
        inside("moved text", f"<w:moveFrom>{run('90%')}</w:moveFrom><w:moveTo>{run('95%')}</w:moveTo>", "90%"),
        inside("smart tag", f"<w:smartTag>{run('95%')}</w:smartTag>"),
        inside("simple field", f'<w:fldSimple w:instr=" X ">{run("95%")}</w:fldSimple>'),
        inside("field", code, "REF"),
        inside("formula", "<m:oMath><m:r><m:t>95%</m:t></m:r></m:oMath>"),
        inside("hidden text", run("80%", "<w:vanish/>") + run("95%"), "80%"),
        inside("struck text", run("80%", "<w:strike/>") + run("95%"), "80%"),
        inside("ruby", f"<w:r><w:ruby><w:rt>{run('jiu')}</w:rt><w:rubyBase>{run('95%')}</w:rubyBase></w:ruby></w:r>", "jiu"),
        Case("control around a block", make_docx(f"<w:sdt><w:sdtContent>{paragraph(value)}</w:sdtContent></w:sdt>"), (value,)),
        Case("text box", make_docx(paragraph(run("正文。") + shape)), ("正文。", "框内目标92%。"), ("框内目标92%。框内目标92%。",)),
        Case(
            "mark of a note",
            make_docx(paragraph(run("达到7.1") + run("1", raised) + run("张，控制在10") + run("3", raised) + run("以下。"))),
            ("达到7.1张，控制在10³以下。",),
            ("7.11", "103"),
        ),
        Case(
            "footnote",
            make_docx(paragraph(run("达到7.1") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("张。")), {"footnotes.xml": note}),
            ("达到7.1张。", "甲注。"),
        ),
        Case(
            "automatic numbers",
            make_docx(numbered("目标", 1) + numbered("建设", 1, 1) + numbered("改革", 1, 1), {"numbering.xml": numbers}),
            ("一、目标", "（一）建设", "（二）改革"),
        ),
        Case("hidden by a style", make_docx(paragraph("内部口径", '<w:pStyle w:val="h"/>') + paragraph("正文。"), {"styles.xml": hidden}), ("正文。",), ("内部口径",)),
        Case("merged cells", make_docx(merged), ("健康 | 80 | 81", "类别 | 2030年 | 2035年")),
        Case("ragged table", make_docx(ragged + paragraph("完。")), ("普及率 | 98%", "完。")),
        Case("dangling relationship", make_docx(paragraph("正文。"), None, {"x": ("image", "../NULL")}), ("正文。",)),
        Case(
            "inserted file",
            make_docx('<w:altChunk r:id="c"/>', {"chunk.html": "<html><body><p>正文。</p></body></html>"}, {"c": ("aFChunk", "chunk.html")}),
            ("正文。",),
        ),
    ]  # fmt: skip


def pdf_cases() -> list[Case]:
    """One file for each kind of PDF layout."""

    def column(lines: list[str], x: float = 70, top: float = 700, size: float = 16, step: float = 28) -> list[Text]:
        return [Text(x, top - step * at, line, size) for at, line in enumerate(lines)]

    left = [
        "（一）加强队伍建设，完善培养",
        "机制，到2031年培训村医1200名",
        "以上。",
        "（二）推进医共体建设，扩大覆",
        "盖面，形成合力。",
    ]
    right = [
        "（三）深化支付方式改革，全面",
        "推行按病种付费，病种覆盖率达",
        "到90%。",
        "（四）加强疾控体系建设，建成",
        "县级中心12个。",
    ]
    both = (
        "（一）加强队伍建设，完善培养机制，到2031年培训村医1200名以上。",
        "（三）深化支付方式改革，全面推行按病种付费，病种覆盖率达到90%。",
    )
    sides = column(left, 60, 740, 14, 22), column(right, 320, 740, 14, 22)
    full = "会议要求全市各级各部门要切实提高思想认识压紧压实工作责任"
    pages = [
        [Text(70, 800, "云溪市人民政府文件"), Text(70, 700, f"（{n}）办好第{n}件实事。"), Text(280, 40, f"— {at} —")]
        for at, n in enumerate("一二", 1)
    ]
    rules = [(70, y, 470, y) for y in (600, 660, 720)] + [(x, 600, x, 720) for x in (70, 270, 470)]
    ruled = [
        (80, 685, "指标"),
        (280, 685, "2030年目标"),
        (80, 640, "开展门诊延时服务的"),
        (80, 615, "机构占比"),
        (280, 628, "95%以上"),
    ]
    free = [
        (70, 720, "指标名称"),
        (250, 720, "单位"),
        (330, 720, "2030年"),
        (70, 690, "预期寿命"),
        (250, 690, "岁"),
        (346, 690, "80"),
        (70, 660, "床位数"),
        (250, 660, "张"),
        (346, 660, "7.5"),
    ]
    raised = [
        Text(70, 700, "床位达到7.1"),
        Text(158, 707, "1", 8),
        Text(163, 700, "张，控制在10"),
        Text(259, 707, "3", 8),
        Text(264, 700, "以下。"),
    ]
    return [
        Case("wrapped lines", make_pdf([column([full, "确保落实。"])]), (full + "确保落实。",)),
        Case("blanks of Word", make_pdf([column(["自 2031 年 7 月 1 日起， GDP 增长 5.5 %"])]), ("自2031年7月1日起，GDP增长5.5%",)),
        Case("letter-spaced title", make_pdf([[Text(150, 700, "工作报告", spacing=14)]]), ("工作报告",)),
        Case("radicals", make_pdf([[(70, 700, "\u2f00、培训\u2f63物\u2f08才")]]), ("一、培训生物人才",)),
        Case("two columns", make_pdf([[*sides[0], *sides[1]]]), both),
        Case("two columns, row by row", make_pdf([[one for row in zip(*sides, strict=True) for one in row]]), both),
        Case("drawn from the bottom up", make_pdf([list(reversed(column(["一、目标", "二、任务"])))]), ("一、目标", "二、任务"), ("二、任务一、目标",)),
        Case("heads on two pages", make_pdf(pages), ("（一）办好第一件实事。", "（二）办好第二件实事。"), ("云溪市人民政府文件", "—1—")),
        Case("mark of a note", make_pdf([raised]), ("床位达到7.1张，控制在10³以下。",), ("7.11", "103")),
        Case("white text", make_pdf([[*column(["正文。"]), Text(70, 500, "达到10%。", gray=1.0)]]), ("正文。",), ("达到10%",)),
        Case("ruled table", make_pdf([ruled], rules), ("开展门诊延时服务的机构占比 | 95%以上",)),
        Case("table without rules", make_pdf([free]), ("预期寿命 | 岁 | 80", "床位数 | 张 | 7.5")),
        Case("bold by printing twice", make_pdf([[Text(70, 700, "重点任务"), Text(70.3, 700, "重点任务")]]), ("重点任务",), ("重点任务重点任务", "重重")),
        Case("footnote", make_pdf([[*column([full, "确保落实。"]), Text(70, 90, "1 按常住人口计算。", 10)]]), (full + "确保落实。",), ("1按常住人口计算。",)),
    ]  # fmt: skip


def kept(text: str, furniture: object) -> str:
    """The text of our reader without what it marks as apart, notes excepted: those count as read."""
    out, at = "", 0
    for one in furniture:  # type: ignore[attr-defined]
        out, at = out + text[at : one.start], one.end
    return out + text[at:]


def own_word(data: bytes) -> str:
    """This project's Word reader; a footnote is read, though it stands apart."""
    word = read_docx(data, LIMIT)
    notes = "\n".join(word.text[one.start : one.end] for one in word.furniture if one.reason == "footnote")
    return kept(word.text, word.furniture) + re.sub(r"^\d+ ", "", notes, flags=re.MULTILINE)


def own_pdf(data: bytes) -> str:
    """This project's PDF reader."""
    pdf = read_pdf(data)
    return kept(pdf.text, pdf.furniture)


def _python_docx(data: bytes) -> str:
    from docx import Document
    from docx.table import Table

    lines: list[str] = []
    for block in Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def _mammoth(data: bytes) -> str:
    import mammoth

    return str(mammoth.extract_raw_text(io.BytesIO(data)).value)


def _docx2python(data: bytes) -> str:
    from docx2python import docx2python

    with docx2python(io.BytesIO(data)) as found:
        return str(found.text)


def _docx2txt(data: bytes) -> str:
    import docx2txt

    return str(docx2txt.process(io.BytesIO(data)))


def _markitdown(suffix: str) -> Extract:
    def extract(data: bytes) -> str:
        from markitdown import MarkItDown

        with tempfile.NamedTemporaryFile(suffix=suffix) as file:
            file.write(data)
            file.flush()
            return str(MarkItDown().convert(file.name).text_content)

    return extract


def _pdfium(data: bytes) -> str:
    import pypdfium2

    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def _pdfplumber(data: bytes) -> str:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def _pdfminer(data: bytes) -> str:
    from pdfminer.high_level import extract_text

    return extract_text(io.BytesIO(data))


def _pymupdf(data: bytes) -> str:
    import pymupdf

    return "\n".join(page.get_text() for page in pymupdf.open(stream=data, filetype="pdf"))


def _pypdf(data: bytes) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


WORD: dict[str, Extract] = {
    "summarizer": own_word,
    "python-docx": _python_docx,
    "mammoth": _mammoth,
    "docx2python": _docx2python,
    "docx2txt": _docx2txt,
    "markitdown": _markitdown(".docx"),
}
PDF: dict[str, Extract] = {
    "summarizer": own_pdf,
    "pypdfium2": _pdfium,
    "pdfplumber": _pdfplumber,
    "pdfminer.six": _pdfminer,
    "pymupdf": _pymupdf,
    "pypdf": _pypdf,
    "markitdown": _markitdown(".pdf"),
}


def measure(name: str, extract: Extract, cases: list[Case]) -> str:
    """One row of the table, with the kinds that were not read right."""
    wanted = right = somehow = noise = unwanted = failed = 0
    wrong: list[str] = []
    started = time.process_time()
    for case in cases:
        try:
            text = extract(case.data)
        except Exception:  # noqa: BLE001  # a reader that refuses the file reads nothing of it
            text, failed = "", failed + 1
        lines = {re.sub(r"\s*\|\s*", " | ", line).strip(" |") for line in text.splitlines()}
        bare = re.sub(r"[\s|]", "", text)
        good = [one in lines for one in case.wanted]
        bad = [re.sub(r"[\s|]", "", one) in bare for one in case.unwanted]
        wanted, right = wanted + len(good), right + sum(good)
        somehow += sum(re.sub(r"[\s|]", "", one) in bare for one in case.wanted)
        unwanted, noise = unwanted + len(bad), noise + sum(bad)
        if not all(good) or any(bad):
            wrong.append(case.name)
    seconds = time.process_time() - started
    print(f"{name}: {', '.join(wrong) or 'all right'}", file=sys.stderr)
    return f"| {name} | {right} of {wanted} | {somehow} of {wanted} | {noise} of {unwanted} | {failed} | {1000 * seconds / len(cases):.0f} |"


def main() -> None:
    """Print both tables."""
    for title, readers, cases in (("Word", WORD, word_cases()), ("PDF", PDF, pdf_cases())):
        print(
            f"\n| {title}: {len(cases)} files | as read | in some form | noise | refused | ms a file |\n| --- | --- | --- | --- | --- | --- |"
        )
        for name, extract in readers.items():
            if name != "summarizer":
                try:
                    importlib.import_module({"python-docx": "docx", "pdfminer.six": "pdfminer"}.get(name, name))
                except ImportError:
                    print(f"{name} is not installed and is left out", file=sys.stderr)
                    continue
            version = importlib.metadata.version(name)
            print(measure(f"{name} {version}", extract, cases))


if __name__ == "__main__":
    main()
