"""Coded material of our own, made in code: a table, a REFI-QDA project, a Taguette project."""

import sqlite3
import zipfile

import pytest

from rpgstat.study.themes import Coded

PROJECT = """<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" origin="invented" name="p">
 <Users><User guid="u1" name="Anna"/><User guid="u2" name="Ben"/></Users>
 <CodeBook><Codes>
  <Code guid="c1" name="Support" isCodable="true"><Description>Feeling held</Description><Code guid="c2" name="Peers" isCodable="true"/></Code>
  <Code guid="c3" name="Strain::Load" isCodable="true"/>
 </Codes></CodeBook>
 <Variables><Variable guid="v1" name="Wave" typeOfVariable="Text"/></Variables>
 <Cases><Case guid="k1" name="Person 1"><SourceRef targetGUID="s1"/>
  <VariableValue><VariableRef targetGUID="v1"/><TextValue>+1 year</TextValue></VariableValue></Case></Cases>
 <Sources>
  <TextSource guid="s1" name="Interview 1" plainTextPath="internal://s1.txt" creatingUser="u1">
   <PlainTextSelection guid="x1" startPosition="0" endPosition="6" creatingUser="u1">
    <Coding guid="y1" creatingUser="u1"><CodeRef targetGUID="c2"/></Coding><Coding guid="y2" creatingUser="u2"><CodeRef targetGUID="c1"/></Coding>
   </PlainTextSelection>
   <PlainTextSelection guid="x2" startPosition="7" endPosition="9"><Coding guid="y3" creatingUser="u1"><CodeRef targetGUID="c2"/></Coding></PlainTextSelection>
  </TextSource>
  <TextSource guid="s2" plainTextPath="internal:/s2.txt"/>
  <PDFSource guid="s3" name="Notes"><PDFSelection guid="x3" page="0"><Coding guid="y4"><CodeRef targetGUID="c3"/></Coding></PDFSelection></PDFSource>
 </Sources>
 <Sets><Set guid="t1" name="+1 year"><MemberSource targetGUID="s1"/></Set></Sets>
</Project>"""


@pytest.fixture
def coded():
    return Coded("Interviews", "interviews")


@pytest.fixture
def answers():
    return Coded("What changed?", "answers")


@pytest.fixture
def qdpx(tmp_path):
    def make(project=PROJECT, name="project.qdpx", inside="project.qde", **texts):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(inside, project)
            for part, text in ({"s1.txt": "Relief\r\nand more", "s2.txt": "Nothing"} | texts).items():
                archive.writestr(f"Sources/{part}", text)
        return path

    return make


@pytest.fixture
def taguette(tmp_path):
    def make(projects=1, end=6):
        path = tmp_path / "taguette.sqlite3"
        path.unlink(missing_ok=True)
        with sqlite3.connect(path) as database:
            database.executescript(
                """create table documents (id integer primary key, name text, contents text, project_id integer);
                create table tags (id integer primary key, path text, description text);
                create table highlights (id integer primary key, document_id integer, start_offset integer, end_offset integer, snippet text);
                create table highlight_tags (highlight_id integer, tag_id integer);"""
            )
            database.executemany(
                "insert into documents values (?, ?, ?, ?)", [(i, f"Interview {i}", "<p>Relief &amp; more</p>", min(i, projects)) for i in (1, 2)]
            )
            database.executemany("insert into tags values (?, ?, ?)", [(1, "support", "Feeling held"), (2, "support.peers", ""), (3, "strain", "")])
            database.executemany("insert into highlights values (?, ?, ?, ?, '')", [(1, 1, 0, end), (2, 1, 7, 9), (3, 2, 0, 6)])
            database.executemany("insert into highlight_tags values (?, ?)", [(1, 1), (1, 2), (2, 2), (3, 3)])
        database.close()
        return path

    return make


@pytest.fixture
def table(tmp_path):
    def make(text, name="codes.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return make
