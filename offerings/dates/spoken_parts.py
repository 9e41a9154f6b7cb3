"""The words with which people say days and times, in German and English."""

import re

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "montag mo monday mon",
            "dienstag di tuesday tues tue",
            "mittwoch mi wednesday wed",
            "donnerstag do thursday thurs thur thu",
            "freitag fr friday fri",
            "samstag sonnabend sa saturday sat",
            "sonntag so sunday sun",
        )
    )
    for name in names.split()
}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan january",
            "februar feb february",
            "märz mrz march mar",
            "april apr",
            "mai may",
            "juni jun june",
            "juli jul july",
            "august aug",
            "september sep sept",
            "oktober okt october oct",
            "november nov",
            "dezember dez december dec",
        ),
        start=1,
    )
    for name in names.split()
}
NUMBERS = {
    "zwei": 2,
    "zweite": 2,
    "two": 2,
    "second": 2,
    "other": 2,
    "drei": 3,
    "dritte": 3,
    "three": 3,
    "third": 3,
    "vier": 4,
    "vierte": 4,
    "four": 4,
    "fourth": 4,
}
# Which one in the month.
ORDINALS = {
    "erste": 1,
    "1.": 1,
    "first": 1,
    "zweite": 2,
    "2.": 2,
    "second": 2,
    "dritte": 3,
    "3.": 3,
    "third": 3,
    "vierte": 4,
    "4.": 4,
    "fourth": 4,
    "letzte": -1,
    "last": -1,
}


def one_of(words: dict[str, int]) -> str:
    """A pattern of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


DASH = r"\s*(?:-|–|—)\s*"
MONTH = rf"(?:{one_of(MONTHS)})\b\.?"
DATE = (
    r"(?<![\d.:])(?:\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4}|\d{2}(?!\d|[:.]))?"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th)?\s?{MONTH}(?:\s\d{{4}}(?![:.\d]))?"
    rf"|{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}}(?![:.\d]))?)"
)
DATE_PARTS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d+)-(?P<day>\d+)"),
    re.compile(r"(?P<day>\d+)\.\s?(?P<month>\d+)\.\s?(?P<year>\d+)?"),
    re.compile(
        rf"(?P<day>\d+)\D{{0,2}}?\s?(?P<name>{one_of(MONTHS)})\b\.?\s?(?P<year>\d{{4}})?"
    ),
    re.compile(
        rf"(?P<name>{one_of(MONTHS)})\b\.?\s(?P<day>\d+)\D{{0,4}}(?P<year>\d{{4}})?"
    ),
)
AND = r"(?:\s*,\s*(?:und\s|and\s)?|\s+(?:und|and)\s+|\s*&\s*)"
DATES = rf"{DATE}(?:{AND}(?:am\s|on\s)?{DATE})*"

BUT = r"(?:aber\s|but\s)?(?:außer|ausser|nicht|ohne|keine?|except|not|no)\b"
OF_HOLIDAYS = (
    r"(?:\s(?:an|in|während|during|den|der|the|nrw))*\s?"
    r"(?:nrw-)?(?:schul|school\s)?(?:ferien|holidays)\b"
)
HOLIDAYS_NO = (
    rf"{BUT}{OF_HOLIDAYS}",
    r"(?:in|während)\s(?:den|der)\s(?:schul)?ferien\s"
    r"(?:nicht|keine?|pause|geschlossen)\b",
)
HOLIDAYS_YES = (
    rf"(?<!nicht\s)(?<!not\s)(?:auch|also|even)\b{OF_HOLIDAYS}",
    r"in\s(?:den|der)\s(?:schul)?ferien\sauch\b",
)
EXCEPTIONS = rf"{BUT}(?:\s(?:am|an|on))?\s(?P<dates>{DATES})"
UNTIL = (
    rf"(?:(?<!\w)(?:bis(?:\szum|\szu)?|until|till|to|through)\s|{DASH})"
    rf"(?P<dates>{DATE})"
)
FROM = (
    r"(?<!\w)(?:vom|von|ab|seit|from|starting|since|beginning)"
    rf"(?:\s(?:dem|on))?\s(?P<dates>{DATE})"
)
ON = rf"(?:(?<!\w)(?:am|den|on)\s)?(?P<dates>{DATE})"

MARK = r"(?:\s?(?:uhr|h|am|pm|a\.m\.|p\.m\.)(?!\w))"
TIME = rf"\d{{1,2}}(?:[:.]\d{{2}})?(?![\d:]){MARK}?"
TIME_RANGE = (
    r"(?:(?<!\w)(?:von|from|zwischen|between)\s)?(?<![\d:.])"
    rf"(?P<start>{TIME})(?:{DASH}|\s(?:bis|to|until|till|und|and)\s)(?P<end>{TIME})"
)
TIME_ALONE = (
    rf"(?<!\w)(?:um|ab|at|from|von)\s(?P<start>{TIME})"
    rf"|(?<![\d:.])(?P<marked>\d{{1,2}}(?::\d{{2}}(?!\d){MARK}?|(?:\.\d{{2}})?{MARK}))"
)

DAY = rf"(?:{one_of(WEEKDAYS)})s?\b\.?"
DAY_RANGE = rf"\b(?P<first>{DAY})(?:{DASH}|\s(?:bis|to|through)\s)(?P<last>{DAY})"
WEEKEND = r"\b(?:am|an|at|on)?\s?(?:the\s)?(?:wochenenden?|weekends?)\b"
OF_MONTH = (
    r"\s(?:im\smonat|des\smonats|jede[ns]\smonats?"
    r"|(?:of|in)\s(?:the|every|each)\smonth)"
)
EVERY = r"(?P<every>jede[nrsm]?|every|each)"
NTH = (
    rf"(?:\b(?:{EVERY}|(?:immer\s)?am|on\sthe|the|on)\s)?(?<![\w.])"
    rf"(?P<which>{one_of(ORDINALS)})[nrsm]?\s(?P<day>{DAY})(?P<month>{OF_MONTH})?"
)
NTH_OTHER = rf"\bevery\sother\s(?P<day>{DAY})"
EVERY_FEW = (
    rf"\b(?:alle|every|jede[nrs]?)\s(?P<number>\d{{1,2}}\.?|{one_of(NUMBERS)})[nrs]?\s"
    r"(?P<unit>wochen?|weeks?|monate?|months?|tage?|days?)\b"
)
FORTNIGHT = (
    r"\b(?:(?:14|vierzehn)-?\s?täg(?:ig|lich)|zweiwöchentlich|zweiwöchig|fortnightly"
    r"|bi-?weekly|(?:every|each)\sfortnight|alle\s(?:14|vierzehn)\stage)\b"
)
PERIODS = {
    "weekly": r"\b(?:wöchentlich|weekly|jede\swoche|(?:every|each)\sweek)\b",
    "monthly": (
        r"\b(?:monatlich|monthly|jeden\smonat|(?:every|each)\smonth"
        r"|einmal\s(?:im|pro)\smonat|once\sa\smonth)\b"
    ),
    "daily": r"\b(?:täglich|daily|jeden\stag|(?:every|each)\sday)\b",
}
REPEATS = (
    rf"\b(?:jede[nrsm]?|every|each|immer|jeweils|always|(?:{one_of(WEEKDAYS)})s)\b"
)
FILLERS = (
    r"\b(?:jede[nrsm]?|every|each|immer|jeweils|always|am|an|den|dem|on|at|the|um|uhr"
    r"|und|and)\b|[,;:.|&]"
)
