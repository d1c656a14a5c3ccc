"""What a header cell says of its column: a question, an identifier, personal data, free text."""

from __future__ import annotations

import html
import re
from typing import Literal

import polars as pl

from rpgstat.read.personal import is_personal, listed
from rpgstat.study import Column, is_blank, normalise

Sort = Literal["answer", "id", "meta", "personal", "free"]

_TAG = re.compile(r"</?(?:(br|center|div|h[1-6]|img|li|ol|p|ul)|a|b|em|font|i|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE)
_STAND_IN = re.compile(r"Unnamed: \d+(?:_level_\d+)?|\.\.\.\d+", re.IGNORECASE)  # what pandas and readr write for a blank header
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_FREE = re.compile(r"open[- ]ended response|other \(please specify\)")
_DAMAGED_ID = r"^\s*\d(?:[.,]\d+)?[eE]\+\d+\s*$"


_IDS = listed(
    """id, respondent id, respondentid, respondent, response id, responseid, participant id, participantid, participant, participant number, person id,
    user id, userid, staff id, staff number, employee id, employee number, payroll number, unique id, uid, pid, urn, unique response number, record id,
    case id, subject id, token, external reference"""
)
_META = listed(
    """collector id, start date, end date, startdate, enddate, start time, end time, starttime, endtime, completion time, last modified time, timestamp,
    time stamp, date, datestamp, date created, date modified, date submitted, submitdate, submit date, recorded date, recordeddate, completion date,
    startlanguage, start language, last page, lastpage, seed, duration, duration (in seconds), distribution channel, distributionchannel, user language,
    userlanguage, network id, start date (utc), submit date (utc), submission time, submission date, submitted, time submitted, time started,
    time taken, zeitstempel, horodateur, marca temporal, tijdstempel, carimbo de data/hora, sygnatura czasowa, informazioni cronologiche, uuid,
    validation status, submitted by, response set"""
)
_CUSTOM = re.compile(r"custom data(?: \d+)?")
_CODED = re.compile(r"[a-z]+\. \S")
_FORM_STATE = re.compile(r"\w+_complete|redcap_(?!event_name)\w+")  # of REDCap, whose events may be waves

_MARKUP = re.compile("[<&\ufeff]")


def clean(text: str) -> str:
    """A header as a person reads it: no HTML tags or entities, single spaces.

    >>> clean("How do you<br>feel&nbsp;now?\\n(aged < 18)")
    'How do you feel now? (aged < 18)'
    """
    if not _MARKUP.search(text):
        return " ".join(text.split())
    plain = _TAG.sub(lambda tag: " " if tag[1] else "", text)  # a tag within a line parts no words
    return " ".join(html.unescape(plain).replace("\ufeff", "").split())


def blank(text: str) -> bool:
    """Whether a header cell says nothing, or only what a program put in for a blank.

    >>> blank("Unnamed: 13"), blank("NA"), blank("Nap")
    (True, True, False)
    """
    return is_blank(text) or _STAND_IN.fullmatch(text.strip()) is not None


def words(text: str) -> str:
    """A header in plain words, however its parts are joined.

    >>> words("RecordedDate"), words("last_page"), words("Finished?")
    ('recorded date', 'last page', 'finished')
    """
    return normalise(re.sub(r"[_.\-]+", " ", _CAMEL.sub(" ", text)).rstrip("?: *"))


def sort(text: str) -> Sort:
    """What a column is by its header alone.

    >>> [sort(text) for text in ("What is your e-mail address?", "RespondentID", "Start Date", "Job role")]
    ['personal', 'id', 'meta', 'answer']
    """
    if _FREE.search(normalise(text)):
        return "free"
    whole, plain = normalise(text), words(text)
    called = {plain, words(text.partition(". ")[0])} if _CODED.match(text) else {plain}  # LimeSurvey: `lastpage. Last page`
    if any(map(is_personal, called)):
        return "personal"
    names = called | {whole}
    if names & _IDS:
        return "id"
    return "meta" if names & _META or _CUSTOM.fullmatch(plain) or _FORM_STATE.fullmatch(whole) else "answer"


def is_index(header: str, values: pl.Series) -> bool:
    """Whether a column is the row index that a program saved beside the data: no header, and integers that only rise."""
    numbers = values.cast(pl.Int64, strict=False)
    return blank(header) and numbers.null_count() == 0 and numbers.is_sorted() and numbers.n_unique() == len(numbers)


def identifier(name: str, text: str, block: int, values: pl.Series) -> tuple[Column, tuple[str, ...]]:
    """The column of an identifier, with a warning when a spreadsheet has rounded it to a form such as 1.14628E+11."""
    if not values.drop_nulls().str.contains(_DAMAGED_ID).any():
        return Column(name, text, "id", block=block), ()
    warning = f"{text} was damaged by a spreadsheet (1.14628E+11 and the like) and cannot link people; download the export again and do not save it from Excel"
    return Column(name, text, "meta", block=block, damaged=True), (warning,)
