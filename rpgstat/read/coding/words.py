"""How coding programs and people head the columns of coded material, in the languages that they speak."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from rpgstat.read.headers import words
from rpgstat.read.personal import listed, plain
from rpgstat.study import normalise

Role = Literal["code", "codes", "source", "text", "coder", "set", "memo", "number", "parent", "system", "other"]

_WORDS: dict[Role, frozenset[str]] = {
    "code": listed(
        """code, code name, codename, tag, theme, node, code path, kod, codewort, kategorie, thema, nom du code, thème, código, codigo, tema,
        etiqueta, codice, etichetta, categoria, categoría"""
    ),
    "codes": listed(
        """codes, tags, themes, code names, kody, codewörter, kategorien, thèmes, códigos, codigos, temas, etiquetas, codici, temi, codes applied"""
    ),
    "source": listed(
        """document, document name, source, source name, file, file name, filename, case, interview, transcript, resource, media title, dokument,
        dokumentname, quelle, datei, nazwa dokumentu, nom du document, documento, nombre del documento, nome do documento, nome del documento, fonte,
        fuente, bron, documentnaam"""
    ),
    "text": listed(
        """text, content, text content, segment, coded segment, quotation, quote, excerpt, comment text, answer, response text, open ended response,
        open-ended response, verbatim, fragment, segmente, antwort, zitat, texte, citation, extrait, réponse, texto, contenido, conteúdo, cita, citação,
        respuesta, resposta, testo, citazione, risposta, tekst, cytat, odpowiedź, antwoord, text snippet"""
    ),
    "coder": listed(
        """coder, coded by, user, user name, author, created by, autor, bearbeiter, kodierer, auteur, codeur, codificador, autore, codificatore,
        codeerder, creator, koder, rater"""
    ),
    "set": listed("""document group, document set, group, dokumentgruppe, grupa dokumentów, groupe de documents, grupo de documentos, gruppo di documenti"""),
    "memo": listed(
        """memo, description, definition, comment, comments, komentarz, kommentar, commentaire, beschreibung, descripción, descrição, definizione"""
    ),
    "number": listed("number of codes"),
    "parent": listed("parent, parent code, code group 1, parent name, oberkategorie"),
    "system": listed("code system, codesystem, liste der codes, codes / documents, nodes, kodsystem, système de codes"),
    "other": listed(
        """id, number, color, colour, weight, weight score, area, coverage %, begin, beginning, end, start, created, modified, reference, name, creation date,
        modification date, initial position, final position, waga, początek, koniec, objętość, obszar %, data utworzenia, farbe, gewicht, anfang, ende,
        gewichtung, fläche, abdeckungsgrad, erstellt am, couleur, poids, début, fin, peso, inicio, início, fim, data, date, row, zeile, extensão,
        tag color, position, page, no, nr"""
    ),
}
_ROLES: dict[str, Role] = {word: role for role, named in _WORDS.items() for word in named}
_NUMBERED = re.compile(r"(?:code|kod|kode|codigo|codice|thema|theme|tema|tag|category|kategorie|label|node)s? ?#? ?\d+")


def role(header: str) -> Role | None:
    """What a column holds by its header; None for any other.

    >>> role("Nazwa dokumentu"), role("Text Content"), role("Hope")
    ('source', 'text', None)
    """
    return _ROLES.get(plain(words(header)))


def is_numbered(header: str) -> bool:
    """Whether a column is one of several that hold a code each.

    >>> is_numbered("Code 1"), is_numbered("Code_12"), is_numbered("Code")
    (True, True, False)
    """
    return _NUMBERED.fullmatch(plain(words(header))) is not None


_APPLIED = re.compile(r"code: (.+\S) applied", re.IGNORECASE)
_ACROSS = re.compile(r"[A-Z]{1,3} : \S")


def applied(header: str) -> str:
    """The code in the heading of a column of ticks, which Dedoose heads `Code: Hope Applied`.

    >>> applied("Code: Hope Applied"), applied("Hope")
    ('Hope', 'Hope')
    """
    found = _APPLIED.fullmatch(header.strip())
    return found[1] if found else header


def of_matrix(header: Sequence[str]) -> bool:
    """Whether only a matrix of a coding program is headed so: by the code system, or by sources with letters, as NVivo writes them.

    >>> of_matrix(["Code System", "Interview 1"]), of_matrix(["", "A : Int01"]), of_matrix(["", "Hope"])
    (True, True, False)
    """
    first, *others = header
    return bool(others) and (role(first) == "system" or (not first.strip() and all(map(_ACROSS.match, others))))


_YES = listed("1, x, xx, y, yes, true, t, ✓, ✔, ☑, •, ja, oui, si, sí, sim, tak, applied, checked, selected, coded, present, mentioned")
_NO = listed("0, n, no, false, f, -, –, —, nein, non, não, nao, nie, nee, not applied, unchecked, not selected, absent, not mentioned, ☐") | {""}


@lru_cache(maxsize=100_000)
def ticked(cell: str, header: str = "") -> bool | None:
    """Whether a cell says that the code in its header applies; None for a cell that says something else.

    >>> ticked("x"), ticked("0"), ticked("Hope", "hope"), ticked("maybe")
    (True, False, True, None)
    """
    said = plain(normalise(cell))
    if said in _YES or (said and said == plain(normalise(header))):
        return True
    return False if said in _NO else None
