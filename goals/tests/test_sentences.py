import pytest

from goals.papers.sentences import orders, sentences

# The resolution of 2022/1106, and one sentence of 2013/0502.
PASSED = (
    "Der Schulausschuss beschließt die Handlungsziele 2023-2027 für das Herner"
    " Bildungsnetzwerk zur Verbesserung der Bildungssituation der Herner Bürgerinnen"
    " und Bürger."
)
ORDERED = (
    "Die Verwaltung wird beauftragt, im Dialog mit den Herner Bildungsakteuren,"
    " geeignete Umsetzungsschritte für die Erreichung der Handlungsziele zu entwickeln."
)
REPORTED = (
    "Über die Planungen und Fortschritte ist regelmäßig in den bürgerschaftlichen"
    " Gremien zu berichten."
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (f"{PASSED}\n{ORDERED}", [PASSED, ORDERED]),
        (f"1. {PASSED}\n2. {ORDERED}", [PASSED, ORDERED]),
        (f"a) {PASSED}\n\n– {ORDERED} {REPORTED}", [PASSED, ORDERED, REPORTED]),
        (
            "Der Bericht, z. B. nach § 5 Abs. 2 SGB, kommt am 23. Februar 2023."
            " Bis Ende 2027. Wirklich? Ja!",
            [
                "Der Bericht, z. B. nach § 5 Abs. 2 SGB, kommt am 23. Februar 2023.",
                "Bis Ende 2027.",
                "Wirklich?",
                "Ja!",
            ],
        ),
        (
            "Ein Satz\nüber zwei Zeilen ohne Punkt",
            ["Ein Satz über zwei Zeilen ohne Punkt"],
        ),
        ("Er sagt „Gut.“ Dann geht er.", ["Er sagt „Gut.“", "Dann geht er."]),
    ],
)
def test_resolution_falls_into_its_sentences(text, found):
    assert sentences(text) == found


@pytest.mark.parametrize(
    ("sentence", "is_order"),
    [
        (PASSED, False),
        (ORDERED, True),
        (REPORTED, True),
        ("Der Oberbürgermeister wird gebeten, das Leitbild bekannt zu machen.", True),
        ("Der Rat beauftragt die Verwaltung mit der Prüfung.", True),
        ("Das Bildungsbüro soll einmal im Jahr einladen.", True),
        ("Die Ergebnisse sind dem Ausschuss vorzulegen.", True),
        ("Der Ausschuss fordert die Verwaltung zum Handeln auf.", True),
        ("Der Rat nimmt den Bericht zur Kenntnis.", False),
        ("Die Ziele sind gut.", False),
    ],
)
def test_what_orders_something_is_suggested(sentence, is_order):
    assert orders(sentence) is is_order
