"""Tables of PostgreSQL, by DuckDB's scanner: a server of its own is started where PostgreSQL and the scanner are, which the other tests do without."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from collections import namedtuple
from pathlib import Path

import pytest

from rpgstat.errors import UserError
from rpgstat.read.engines import postgres
from tests.conftest import YEARS

duckdb = pytest.importorskip("duckdb")

STUDY = """
[data]
file = "{file}"
table = "hr.survey_answers"
wave = "year"
[groups]
role = "role"
"""
ROWS = [(2023 + i % 2, f"Person {i}", "Lead" if i % 3 else "Worker", ("No", "Rather", "Yes", None)[i * 7 % 4], ("No", "Yes")[i % 2]) for i in range(200)]
SECRET = "hush-hush"
Server = namedtuple("Server", "port environment log")


def tool(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


def scanner() -> bool:
    try:
        with postgres._nothing_fetched(connection := duckdb.connect()):
            postgres._load(connection)
    except UserError:
        return False
    return True


@pytest.fixture(scope="module")
def server():
    """A server that knows one user by a password, with a table of answers that stands beside a name."""
    if not all(map(tool, ("initdb", "pg_ctl", "psql"))):
        pytest.skip("needs PostgreSQL (initdb, pg_ctl and psql), which the other tests do without")
    if not scanner():
        pytest.skip(f"needs postgres_scanner of DuckDB {duckdb.__version__}, which the other tests do without")
    owner = {"user": "postgres"} if os.geteuid() == 0 else {}  # the server refuses to run as root
    home = Path(subprocess.run(["mktemp", "-d"], check=True, capture_output=True, text=True, **owner).stdout.strip())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {"PGPASSWORD": SECRET, "PGHOST": "127.0.0.1", "PGPORT": str(port), "PGUSER": "analyst", "PGDATABASE": "postgres"}
    subprocess.run(["sh", "-c", f"umask 077; echo {SECRET} > {home}/word"], check=True, **owner)
    quiet = {"check": True, "stdout": subprocess.DEVNULL, **owner}
    subprocess.run([tool("initdb"), "-D", home / "data", "-A", "scram-sha-256", "-U", "analyst", f"--pwfile={home}/word"], **quiet)
    options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off -c log_statement=all"
    subprocess.run([tool("pg_ctl"), "-D", home / "data", "-o", options, "-l", home / "log", "-w", "start"], **quiet)
    try:
        values = ", ".join(f"({row[0]}, {', '.join('NULL' if cell is None else repr(cell) for cell in row[1:])})" for row in ROWS)
        made = 'CREATE TABLE hr.survey_answers (year int, "Full name" text, role text, "Heard" text, "Valued" text)'
        sql = f"CREATE SCHEMA hr; {made}; INSERT INTO hr.survey_answers VALUES {values}"
        subprocess.run([tool("psql"), "-q", "-c", sql], check=True, env={**os.environ, **environment})
        yield Server(port, environment, home / "log")
    finally:
        subprocess.run([tool("pg_ctl"), "-D", home / "data", "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(home)


def written(folder: Path, file: str) -> Path:
    path = folder / "study.toml"
    path.write_text(STUDY.format(file=file) + YEARS, encoding="utf-8")
    return path


def local(folder: Path) -> Path:
    """The same answers in a file."""
    lines = ["year,Full name,role,Heard,Valued", *(",".join(str(cell or "") for cell in row) for row in ROWS)]
    (folder / "answers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    path = folder / "local.toml"
    path.write_text(STUDY.format(file="answers.csv").replace('table = "hr.survey_answers"\n', "") + YEARS, encoding="utf-8")
    return path


@pytest.mark.parametrize("address", ["postgresql://analyst@127.0.0.1:{port}/postgres", "postgres://"], ids=["address", "all from the environment"])
def test_a_table_of_postgres_is_counted_as_the_same_answers_in_a_file(server, tmp_path, run, start, address):
    study = written(tmp_path, address.format(port=server.port))
    wanted = ("compare", "--by", "role", "-f", "json")
    told, said = map(bytes.decode, start(*wanted, "--engine", "duckdb", "--study", study, env=server.environment).communicate(timeout=120))
    assert json.loads(told)["results"] == run(*wanted, "--study", local(tmp_path)).document["results"], said
    given = json.loads(told)["inputs"][0]
    assert (given["name"], given["engine"], given["rows"]) == ("postgres" if "@" in address else "PostgreSQL", "duckdb", 200)
    assert given["left_out"] == [{"kind": "personal", "text": "Full name"}]
    assert SECRET not in told + said
    assert "Person 1" not in told + said
    asked = [line for line in server.log.read_text(encoding="utf-8").splitlines() if "COPY (SELECT" in line]
    assert [line for line in asked if '"Heard"' in line]
    assert not [line for line in asked if "Full name" in line]


def test_a_wrong_password_is_told_to_nobody(server, tmp_path, start):
    study = written(tmp_path, f"postgresql://analyst@127.0.0.1:{server.port}/postgres")
    wrong = {**server.environment, "PGPASSWORD": "wrong-word"}
    told, said = map(bytes.decode, start("score", "--engine", "duckdb", "--study", study, env=wrong).communicate(timeout=120))
    assert "error: postgres: the engine duckdb cannot read it" in said
    assert "wrong-word" not in told + said
    assert "127.0.0.1" not in told + said


def test_nothing_is_written_to_the_database(server, monkeypatch):
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    with duckdb.connect() as connection:
        postgres.attach(connection, "postgresql://", "held")
        with pytest.raises(duckdb.Error, match="read-only"):
            connection.execute("DELETE FROM held.hr.survey_answers")


ADDRESSES = [
    "postgresql://analyst:{}@127.0.0.1/hr",
    "postgresql://127.0.0.1/hr?password={}",
    "postgres://:{}@127.0.0.1",
    "postgresql:/analyst:{}@127.0.0.1/hr",
    "postgresql:analyst:{}@127.0.0.1/hr",
    "postgresql://analyst:a/{}@127.0.0.1/hr",
]


@pytest.mark.parametrize("engine", [(), ("--engine", "duckdb")], ids=["local", "duckdb"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_with_a_password_is_refused_and_not_shown(tmp_path, run, address, engine):
    study = written(tmp_path, address.format(SECRET))
    for path in (study, local(tmp_path)):
        problem, hint = run("score", "--study", path, *engine, *([] if path == study else [address.format(SECRET)])).error()
        assert SECRET not in problem + hint
    study.write_text(study.read_text().replace('table = "hr.survey_answers"\n', ""))
    problem, hint = run("score", "--study", study, *engine).error()
    assert SECRET not in problem + hint
    assert not engine or "it holds a password, or is no address" in problem


def test_without_the_scanner_nothing_is_fetched(monkeypatch):
    asked = []

    class Nowhere:
        def execute(self, words):
            asked.append(words)
            if words.startswith("LOAD"):
                raise duckdb.IOException("not there")
            return duckdb.connect().execute("SELECT true")

    monkeypatch.setattr(postgres, "_WHEEL", "no_such_package")
    with pytest.raises(UserError, match="postgres_scanner, which is not at hand"):
        postgres.attach(Nowhere(), "postgresql://", "held")
    assert asked[1:] == [f"{postgres._LATELY}false", "LOAD postgres_scanner", f"{postgres._LATELY}true"]
