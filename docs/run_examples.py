"""Runs what the page on other people's tools shows, each with its tool, in a folder with the example study: `python docs/run_examples.py FOLDER`.

The files of the page are the blocks below a comment such as `<!-- file: Makefile -->`; the notebook and the Quarto page lie in `docs/examples`. A tool that
is not on this machine is named, and what would need it is not run.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parent
FILE = re.compile(r"^<!-- file: (\S+) -->\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CHUNK = re.compile(r"^```\{python\}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WITH = {
    "Makefile": ["make", "tables"],
    "Snakefile": ["snakemake", "--cores", "1", "--quiet", "all"],
    "read.R": ["Rscript", "read.R"],
    "tables.py": [sys.executable, "tables.py"],
}


def main() -> None:
    """Everything in turn; the first thing that fails ends it."""
    folder = Path(sys.argv[1]).resolve()
    page = (DOCS / "other-tools.md").read_text(encoding="utf-8")
    files = dict(FILE.findall(page))
    if files.keys() != WITH.keys():
        raise SystemExit(f"the page shows {sorted(files)}; known are {sorted(WITH)}")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        _run(WITH[name], folder)
    _notebook(_cells_of_the_notebook(), folder, "study.ipynb")
    _notebook(CHUNK.findall((DOCS / "examples" / "study.qmd").read_text(encoding="utf-8")), folder, "the chunks of study.qmd, without Quarto,")


def _run(command: list[str], folder: Path) -> None:
    if shutil.which(command[0]) is None:
        sys.stdout.write(f"{command[0]}: not on this machine, NOT tried\n")
        return
    for made in ("change.parquet", "report.docx"):
        (folder / made).unlink(missing_ok=True)
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    if command[0] in ("make", "snakemake"):
        lacking = [made for made in ("change.parquet", "report.docx") if not (folder / made).exists()]
        if lacking:
            raise SystemExit(f"{command[0]} made no {' and no '.join(lacking)}")
    sys.stdout.write(f"{command[0]} {command[-1]}: ran\n")


def _cells_of_the_notebook() -> list[str]:
    import nbformat

    cells = nbformat.read(DOCS / "examples" / "study.ipynb", as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


def _notebook(cells: list[str], folder: Path, name: str) -> None:
    """Runs cells one after another; the results and the figure have to show themselves as a page does."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    shown = [output.data for cell in notebook.cells for output in cell.outputs if output.output_type == "execute_result"]
    if "<table" not in shown[0].get("text/html", "") or not {"image/svg+xml", "image/png"} & shown[1].keys():
        raise SystemExit(f"{name} shows no table, or no figure: {[sorted(data) for data in shown]}")
    sys.stdout.write(f"{name} ran in a kernel and shows {len(shown)} outputs\n")


if __name__ == "__main__":
    main()
