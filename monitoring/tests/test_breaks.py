import pytest

from monitoring.breaks import told_at


@pytest.mark.parametrize(
    ("period", "kind", "periods", "row"),
    [
        ("2011", "break", ["2012", "2011", "2010"], "2011"),
        ("2011", "break", ["2013", "2012", "2010"], "2012"),
        ("2011", "break", ["2013", "2012"], ""),
        ("2011", "break", ["2010", "2009"], ""),
        ("2011", "break", ["2011-Q2", "2010-Q4"], "2011-Q2"),
        ("2013", "exceptional", ["2014", "2013"], "2013"),
        ("2013", "exceptional", ["2014", "2012"], ""),
        ("irgendwann", "break", ["2014", "2012"], ""),
        ("2011", "break", [], ""),
    ],
)
def test_a_break_without_a_value_is_told_at_the_next_one(period, kind, periods, row):
    assert told_at(period, kind, periods) == row
