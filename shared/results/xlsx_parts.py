"""The XML of a workbook: what every .xlsx of ours has, and its cells (ECMA-376, part 1: SpreadsheetML)."""

import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# What XML cannot hold; and what a spreadsheet would read as an escape of its own ("_x000D_").
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE_ALIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
MOST_CHARACTERS = 32_767
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2">'
    '<font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
ROOT_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
# Worksheets by their ending, so that it can be said before it is known how many there will be.
CONTENT_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
)
SHEET_START = (
    f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    "<sheetData>"
)
SHEET_END = "</sheetData></worksheet>"


def workbook(names: Sequence[str]) -> str:
    """xl/workbook.xml with these sheets."""
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    return f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{sheets}</sheets></workbook>'


def workbook_relations(sheets: int) -> str:
    """xl/_rels/workbook.xml.rels."""
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, sheets + 1)
    )
    styles = f'<Relationship Id="rId{sheets + 1}" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{relations}{styles}</Relationships>'


def row(number: int, cells: Sequence[Any], *, bold: bool = False) -> str:
    """One row; texts stand in it as they are, and none of them is ever a formula."""
    style = ' s="1"' if bold else ""
    written = [
        _cell(f'r="{letter}{number}"{style}', value)
        for letter, value in zip(_LETTERS, cells, strict=False)
        if value is not None
    ]
    return f'<row r="{number}">{"".join(written)}</row>'


def _cell(attributes: str, value: Any) -> str:
    match value:
        case bool():
            return f'<c {attributes} t="b"><v>{int(value)}</v></c>'
        case int() | float():
            return f"<c {attributes}><v>{value}</v></c>"
        case _:
            text = f'<t xml:space="preserve">{_text(value)}</t>'
            return f'<c {attributes} t="inlineStr"><is>{text}</is></c>'


def _text(value: str) -> str:
    shown = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", value)[:MOST_CHARACTERS]
    return escape(_ESCAPE_ALIKE.sub("_x005F_", shown))
