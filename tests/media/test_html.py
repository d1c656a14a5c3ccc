"""HTML: the numbers of the JSON document in tables that can be followed without seeing them; nothing in the data acts."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from rpgstat.media import html
from rpgstat.media.document import Document, Figure, Heading, Paragraph
from rpgstat.media.picture.colours import luminance
from rpgstat.media.style import APA, GSS, Style
from rpgstat.result import Result, table
from rpgstat.views.documents import document, picture, tables
from tests.conftest import HOSTILE, as_html, hold_the_figures


class Page(HTMLParser):
    """The tables of a page as rows of cells, each with its tag, attributes and text; and every tag with its attributes."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tables: list[list[list[tuple[str, dict[str, str | None], str]]]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: tuple[str, dict[str, str | None]] | None = None
        self._raised = False
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self._open = (tag, dict(attrs))
            self.tables[-1][-1].append((*self._open, ""))
        self._raised = tag == "sup"

    def handle_endtag(self, tag: str) -> None:
        self._open = None if tag in ("td", "th") else self._open
        self._raised = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._open and not self._raised:
            tag, attrs, words = self.tables[-1][-1][-1]
            self.tables[-1][-1][-1] = (tag, attrs, words + data)


def rows(content: bytes) -> list[list[str]]:
    return [[words for _, _, words in row] for shown in Page(content).tables for row in shown]


def test_the_figures_are_those_of_the_json_document(compare: Result) -> None:
    hold_the_figures({row[0]: row[1:] for row in rows(as_html([compare], APA))}, compare)


def test_every_cell_has_its_headings(compare: Result) -> None:
    page = Page(as_html([compare], APA))
    [shown] = page.tables
    assert [(attrs.get("scope"), attrs["colspan"], words) for _, attrs, words in shown[0]] == [
        *((None, "1", ""), ("colgroup", "3", "+1 year"), ("colgroup", "3", "+3 years"), (None, "4", ""))
    ]
    assert {attrs.get("scope") for _, attrs, _ in shown[1]} == {"col"}
    assert [tag for tag, _, _ in shown[3]] == ["th"] + ["td"] * 10
    groups = [row[0][2] for row in shown if row[0][1].get("scope") == "rowgroup"]
    assert groups == ["Professional skills and support", "Self-efficacy", "Relationships"]
    assert sum(tag == "tbody" for tag, _ in page.tags) == 3
    identities = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(identities) == len(set(identities))
    [described] = [attrs["aria-describedby"] for tag, attrs in page.tags if tag == "table"]
    assert described in identities


def test_captions_are_numbered_and_notes_stand_below(score: Result) -> None:
    content = as_html([score], APA).decode()
    assert "<b>Table 2</b> <i>Reflective practice groups: scores, +3 years</i></caption>" in content
    assert content.index("</table>") < content.index("<i>Note.</i> Mean of the valid answers")
    assert re.search(r"<sup>\w</sup> not asked in \+1 year</p>", content)


def test_government_statistics_have_one_row_of_headings_and_no_group_rows(compare: Result) -> None:
    page = Page(as_html([compare], GSS))
    assert len(page.tables) == 3
    assert not any("colspan" in attrs for _, attrs in page.tags)
    assert "Table 3: Reflective practice groups: change between waves, +1 year to +3 years, Relationships" in page.text


def test_it_needs_no_other_file_and_runs_nothing(compare: Result) -> None:
    page = Page(as_html([compare], APA))
    assert not {tag for tag, _ in page.tags} & {"script", "link", "iframe", "object", "form", "a"}
    assert not any(name in ("src", "href") or name.startswith("on") for _, attrs in page.tags for name in attrs)
    assert ("html", {"lang": "en-GB"}) in page.tags
    assert "url(" not in as_html([compare], APA).decode()


@pytest.mark.parametrize("style", [APA, GSS])
def test_hostile_text_is_text(hostile: Result, style: Style) -> None:
    content = as_html([hostile], style)
    page = Page(content)
    assert not {tag for tag, _ in page.tags} & {"script", "b1", "img"}
    for words in HOSTILE[:7]:
        assert words in page.text
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e\ufffe\uffff]", content.decode())


def test_parts_in_order_and_a_figure_with_its_words(compare: Result) -> None:
    parts = (Heading("Report", 0), Heading("Findings"), Paragraph("As <follows>."), Figure("x", "A dot", b"<svg/>", 'One "dot".'), *tables(compare, APA))
    content = html.write(Document("Report", parts, (compare,), APA)).decode()
    order = [content.index(words) for words in ("<h1>Report</h1>", "<h2>Findings</h2>", "<p>As &lt;follows&gt;.</p>", "<b>Figure 1</b>", "<table")]
    assert order == sorted(order)
    assert 'src="data:image/svg+xml;base64,PHN2Zy8+" alt="One &quot;dot&quot;."' in content
    assert content.count("<h1>") == 1


def test_the_same_bytes_each_time_and_empty_results_say_so(compare: Result) -> None:
    assert as_html([compare], APA) == as_html([compare], APA)
    assert b"There is nothing to show" in as_html([replace(compare, frame=table("compare", []))], APA)


def test_it_reads_on_a_phone_in_the_dark_and_on_paper(compare: Result) -> None:
    page = html.write(document([compare], APA)).decode()
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
    assert "@media (prefers-color-scheme: dark)" in page
    assert "@media screen and (max-width: 40rem)" in page
    assert re.search(r"@media print \{.*caption, figcaption, thead, h1, h2, h3, th\[scope=rowgroup\] \{ break-after: avoid; \}", page, re.DOTALL)
    assert re.search(r"p, li, h1, h2, h3 \{[^}]*overflow-wrap: anywhere", page)
    assert "<script" not in page
    colours = dict(re.findall(r"--(\w+): (#\w+)", page.partition("prefers-color-scheme: dark")[2].partition("}")[0]))
    assert min(_contrast(colours[name], colours["ground"]) for name in ("ink", "link", "visited")) >= 4.5


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_a_figure_that_scrolls_has_a_name_and_can_be_reached(score: Result) -> None:
    page = html.write(Document("Scores", tuple(picture(score, ".svg", APA)), (score,), APA)).decode()
    assert '<figure id="figure-1" tabindex="0" aria-labelledby="caption-1">' in page
    assert '<figcaption id="caption-1">' in page
