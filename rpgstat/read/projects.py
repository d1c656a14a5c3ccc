"""Projects of coding programs that nobody else can read, and where each program exports one that can be."""

from __future__ import annotations

import re
from pathlib import Path

from rpgstat.errors import UserError

_EXPORTS = {
    r"\.nv(?:px?|cx|b)": ("an NVivo project", "in NVivo choose File > Export > Export Project, type REFI-QDA Project (.qdpx)"),
    r"\.(?:mx\d{1,2}[a-z]?|mexa?\d*|e?mqda|mx\w?|loa|mqbac)": ("a MAXQDA project", "in MAXQDA choose Export > REFI-QDA Project (.qdpx)"),
    r"\.(?:atlproj\w*|atlcb|hpr\d|acb)": ("an ATLAS.ti project", "in ATLAS.ti choose File > Export > QDPX (REFI-QDA project)"),
    r"\.mtr": ("an ATLAS.ti Mac project", "in ATLAS.ti choose File > Export > QDPX (REFI-QDA project)"),
    r"\.(?:pp[jz]|wp[jz])": ("a QDA Miner project", "in QDA Miner choose Project > Export > REFI-QDA Project (.qdpx)"),
    r"\.(?:qda|qda\.zip)": ("a QualCoder project", "in QualCoder choose Project > REFI-QDA Project export (.qdpx)"),
    r"\.f4[apx]": ("an f4analyse project", "in f4analyse choose File > Export > REFI-QDA (.qdpx)"),
    r"\.(?:qrk|qpd)": ("a Quirkos project", "in Quirkos choose Export > QDPX (REFI-QDA project)"),
    r"\.(?:tra|tpr[jx])": ("a Transana project", "in Transana choose File > Export > QDPX (REFI-QDA project)"),
    r"\.rqda": ("an RQDA project", "in R write its codings as a table: write.csv(RQDA::getCodingTable(), 'codings.csv')"),
    r"\.dri": ("a Dedoose project", "in Dedoose export a spreadsheet: Projects > Export Data > Excerpts with codes applied"),
    r"\.rock": ("a ROCK source", "export its codes as a table: one row for each code applied"),
}


def refuse(path: Path, name: str) -> None:
    """Raises UserError, with the way to an export, for the project of a program that has one; does nothing for any other file.

    >>> refuse(Path("study.nvpx"), "study.nvpx")
    Traceback (most recent call last):
    rpgstat.errors.UserError: study.nvpx: is an NVivo project, which only NVivo reads
    """
    for suffix, (what, way) in _EXPORTS.items():
        if re.search(f"{suffix}$", path.name, re.IGNORECASE):
            program = " ".join(what.split()[1:-1])
            raise UserError(f"{name}: is {what}, which only {program} reads", f"{way}, and name that file")
