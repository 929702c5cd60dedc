"""Make the files of old Office that the tests read: a .doc and an .xls, by LibreOffice from files that are built here.

    python eval/make_old_office_fixtures.py tests/source/files

No library writes these formats; LibreOffice's bytes hold the time of making, so that a new file differs from the old one.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from make_format_fixtures import build_docx
from openpyxl import Workbook

PLAN = [
    {"text": "2033年全市健康工作要点"},
    {"text": "夯实基层网底", "level": 0},
    {"text": "新建社区卫生服务站12个", "level": 1},
    {"text": "配齐全科医生", "level": 1},
    {"text": "完善急救体系", "level": 0},
    {"text": "急救点覆盖率达到95%以上", "level": 1},
    {
        "rows": [["序号", "重点任务", "牵头单位"], ["1", "建设托位900个", "市卫生健康委"], ["2", "改造病房", ""]],
        "merge": [[1, 2, 2, 2]],
    },
]
"""The plan's numbered paragraphs and its table of duties, in which one unit has two tasks."""


def build_plan() -> DocxDocument:
    """The plan, then a line with hidden and struck words, one with changes, one with a field, one with a footnote."""
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder, "plan.docx")
        built.write_bytes(build_docx(PLAN))
        document = Document(str(built))
    line = document.add_paragraph("门诊次数")
    hidden = line.add_run("隐藏80%")
    hidden.font.hidden = True
    struck = line.add_run("划去90%")
    struck.font.strike = True
    line.add_run("达到98%")
    line = document.add_paragraph("修订后为")
    for tag, text in (("del", "删去70%"), ("ins", "插入75%")):
        inner = f"<w:r><w:{'delText' if tag == 'del' else 't'}>{text}</w:{'delText' if tag == 'del' else 't'}></w:r>"
        attributes = f'{nsdecls("w")} w:id="{len(text)}" w:author="x" w:date="2033-01-01T00:00:00Z"'
        line._p.append(parse_xml(f"<w:{tag} {attributes}>{inner}</w:{tag}>"))
    line = document.add_paragraph("见")
    field = (
        f'<w:fldSimple {nsdecls("w")} w:instr=" HYPERLINK &quot;x&quot; "><w:r><w:t>附件一</w:t></w:r></w:fldSimple>'
    )
    line._p.append(parse_xml(field))
    document.sections[0].header.paragraphs[0].text = "页眉不读"
    return document


def build_targets() -> Workbook:
    """A table of targets with a merged title, a merged unit, percentages, a date, a hidden row and a hidden sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "指标"
    rows = [
        ["2033年主要指标", None, None, None],
        ["指标名称", "单位", "2032年", "目标值"],
        ["急救点覆盖率", "%", 0.853, 0.95],
        ["新建站点", "个", 8, 1200],
        ["旧指标", "个", 1, 2],
        ["截止日期", None, None, 48700],
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("B4:B5")
    for place, code in (("C3", "0.0%"), ("D3", "0%"), ("D4", "#,##0"), ("D6", 'yyyy"年"m"月"d"日"')):
        sheet[place].number_format = code
    sheet.row_dimensions[5].hidden = True
    secret = book.create_sheet("底稿")
    secret.append(["草稿数", 77])
    secret.sheet_state = "hidden"
    return book


def convert(source: Path, suffix: str, folder: Path) -> None:
    """Let LibreOffice write ``source`` in another format. Raises CalledProcessError where it fails."""
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", suffix, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0 when the files were written, 2 when LibreOffice is not there or fails."""
    parser = argparse.ArgumentParser(description="Make the tests' files of old Office.")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args(arguments).folder
    with tempfile.TemporaryDirectory() as work:
        plan, targets = Path(work, "plan.docx"), Path(work, "targets.xlsx")
        build_plan().save(str(plan))
        build_targets().save(targets)
        try:
            convert(plan, "doc", folder)
            convert(targets, "xls", folder)
        except (OSError, subprocess.CalledProcessError) as error:
            print(error, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
