"""Published results of organisations: bare shares, and shares with the number of people behind them."""

import pytest
import xlsxwriter

from rpgstat.admin.benchmarks import Benchmark
from rpgstat.errors import UserError
from rpgstat.read.published import read_benchmarks


def test_shares_without_a_number_of_people(export):
    found = read_benchmarks(
        export("Departmental Group,Organisation,Organisation code,Response Rate,B01\nHome,Home Office,HO,80%,77.5%\nHome,Border Force,BF,[c],60%\n")
    )
    assert found.figures == (
        Benchmark("Home Office", "HO", "Response Rate", 0.8),
        Benchmark("Home Office", "HO", "B01", 0.775),
        Benchmark("Border Force", "BF", "B01", 0.6),
    )
    assert found.withheld == 1


def test_a_header_below_titles_and_merged_cells_with_the_base_of_each_question(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "staff.xlsx"))
    sheet = book.add_worksheet("Organisation results")
    sheet.write_row(0, 0, ["NHS staff"])
    sheet.write_row(1, 0, ["Table 1"])
    sheet.write_row(3, 2, ["Q1a I look forward to going to work", "", "", "Q1b I am enthusiastic"])
    sheet.write_row(4, 0, ["Trust code", "Trust", "% Often", "% Always", "Base (number of responses)", "% Often", "Base (number of responses)"])
    sheet.write_row(5, 0, ["R1A", "North", 25, 12.5, 8, 40, "1,000"])
    sheet.write_row(6, 0, ["R1B", "South", "*", "*", 4, 50, 2])
    book.close()
    found = read_benchmarks(tmp_path / "staff.xlsx")
    assert found.figures == (
        Benchmark("North", "R1A", "Q1a I look forward to going to work: % Often", 0.25, 8, 2, stem="Q1a I look forward to going to work", answer="% Often"),
        Benchmark("North", "R1A", "Q1a I look forward to going to work: % Always", 0.125, 8, 1, stem="Q1a I look forward to going to work", answer="% Always"),
        Benchmark("North", "R1A", "Q1b I am enthusiastic: % Often", 0.4, 1000, None, stem="Q1b I am enthusiastic", answer="% Often"),
        Benchmark("South", "R1B", "Q1b I am enthusiastic: % Often", 0.5, 2, 1, stem="Q1b I am enthusiastic", answer="% Often"),
    )
    assert found.withheld == 2


def test_a_share_that_several_counts_round_to_gives_no_count(export):
    (figure,) = read_benchmarks(export("Organisation,% agree,Base\nHome,62,1000\n")).figures
    assert (figure.share, figure.n, figure.count) == (0.62, 1000, None)


def test_a_survey_is_no_such_table(export):
    with pytest.raises(UserError, match="no published results found in it"):
        read_benchmarks(export("Organisation,I cope\nHome,Agree\n"))
