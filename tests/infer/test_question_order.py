"""The order of options that nobody declared."""

import pytest

from rpgstat.infer.orders import in_known_order


@pytest.mark.parametrize(
    "options",
    [
        ("Under 5 ft.", "5'2\"", "5'10\"", "6'1\"", "6'6\" and above"),
        ("Once", "Twice", "Three times", "More than five times"),
        ("Less than 18", "18-29", "30-44", "> 60"),
        ("$0 - $24,999", "$25,000 - $49,999", "$150,000+", "Prefer not to answer"),
        ("Less than high school degree", "High school degree", "Some college", "Bachelor degree", "Graduate degree"),
        ("Rare", "Medium rare", "Medium", "Medium Well", "Well done"),
        ("Never", "Less than monthly", "Monthly", "Fortnightly", "Weekly or more", "Daily"),
        ("Never", "Rarely", "Once a quarter", "Every other week", "Twice a week"),
        ("No, not at all rude", "Yes, somewhat rude", "Yes, very rude", "Other (please specify)"),
        ("It is not right at all", "Once", "Twice", "More than three times"),
        ("Under a year", "1 to 3 years", "Over 3 years", "Don't know"),
        ("Strongly disagree", "Disagree", "Agree", "Strongly agree"),
        ("Sin experiencia", "Inicial", "Intermedio", "Experto"),
        ("HEO", "SEO", "Grade 7", "SCS"),
        ("GCSEs or equivalent", "A levels", "Undergraduate degree", "Postgraduate degree", "Doctorate"),
    ],
)
def test_amounts_and_degrees_stand_in_their_order_whatever_most_chose(options):
    assert in_known_order({option: len(options) - place if place % 2 else place for place, option in enumerate(options)}) == options


@pytest.mark.parametrize("options", [("Bus", "Car", "Train"), ("Floor 1", "Floor 1 north", "Canteen"), ("Tea, milk", "Tea", "Coffee, milk")])
def test_what_names_no_amount_is_left_as_it_is_met(options):
    assert in_known_order(dict.fromkeys(options, 3)) == ()
