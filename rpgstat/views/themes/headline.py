"""The headlines of what goes with themes: how far coders agree, what quotations stand on, and how themes fit beside statements."""

from __future__ import annotations

from rpgstat import text
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.media.style import Style, writing
from rpgstat.result import Result
from rpgstat.views.headlines import Headline, made, number
from rpgstat.views.rows import rows_of
from rpgstat.views.themes import said


def themes(result: Result, style: Style) -> Headline:
    """What most spoke of, and how many themes changed."""
    with writing(style):
        return made(said.themes(result, ()), said.titles(result))


def agreement(result: Result, style: Style) -> Headline:
    """Alpha over all codes, from the lowest of a source and wave to the highest, and the theme that coders agree least on."""
    rows = [row for row in rows_of(result) if row["alpha"] is not None]
    whole = sorted((row for row in rows if row["theme"] is None), key=lambda row: row["alpha"])
    themes = [row for row in rows if row["theme"] is not None and row["code"] is None]
    words = []
    with writing(style):
        if len(whole) == 1:
            words.append(say("coders.alpha", alpha=said.alpha(whole[0])))
        elif whole:
            ends = {"low": said.alpha(whole[0]), "high": said.alpha(whole[-1])}
            words.append(say("coders.alphas", lowest=said.place(whole[0]), highest=said.place(whole[-1]), **ends))
        least = min(themes, key=lambda row: row["alpha"], default=None)
        if least is not None and any(row["alpha"] > least["alpha"] for row in themes):
            words.append(say("coders.least", theme=least["theme"], where=said.place(least), alpha=said.alpha(least)))
    return made(words)


def quotes(result: Result, _: Style) -> Headline:
    """How many quotations stand in their sources."""
    found = [row["found"] for row in rows_of(result)]
    if not found:
        return Headline()
    exact, cut, missing, unread = (found.count(code) for code in ("word for word", "with cuts", "not found", "no text to check"))
    told = [say("quotes.exact", n=text.count(exact))] if exact else []
    told += [say("quotes.cut", n=text.count(cut))] if cut else []
    told += [say("quotes.missing", n=text.count(missing))] if missing else []
    told += [say("quotes.unread", n=text.count(unread))] if unread else []
    return made([say("quotes.headline", len(found), n=text.count(len(found)), told=listing(told))])


def joint(result: Result, _: Style) -> Headline:
    """How many themes fit a statement how, as the study declares."""
    fits = list({row["theme"]: row["fit"] for row in rows_of(result)}.values())
    if not fits:
        return Headline()
    codes = ("confirms", "expands", "differs", "silent")
    counts = {code: number(fits.count(code)) for code in codes}
    told = listing([word("counted_fit", code, n=text.count(fits.count(code))) for code in codes if code in fits])
    short = say("title.joint_found", len(fits), n=text.count(len(fits)), told=told)
    return made([say("joint.headline", len(fits), n=text.count(len(fits)), **counts)], [short])
