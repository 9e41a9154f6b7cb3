import dj_database_url
import pytest

from herne_bildung.start import addresses
from herne_bildung.start.addresses import WebAddress, web_address, web_workers
from herne_bildung.start.failure import StartError

DATABASE_EXAMPLE = "postgresql://name:passwort@rechner:5432/datenbank"


@pytest.mark.parametrize(
    "environment, expected",
    [
        ({}, WebAddress("127.0.0.1", 8000)),
        ({"HOST": "", "PORT": ""}, WebAddress("127.0.0.1", 8000)),
        ({"HOST": "0.0.0.0", "PORT": "80"}, WebAddress("0.0.0.0", 80)),
        ({"HOST": "[::1]", "PORT": " 65535 "}, WebAddress("::1", 65535)),
    ],
)
def test_web_address(environment, expected):
    assert web_address(environment) == expected


@pytest.mark.parametrize("port", ["0", "65536", "-1", "acht", "80.5", "²"])
def test_web_address_refuses_what_is_no_port(port):
    with pytest.raises(StartError) as caught:
        web_address({"PORT": port})

    sentence = f"PORT muss eine Zahl von 1 bis 65535 sein, nicht „{port}“."
    assert str(caught.value) == sentence


def test_web_workers():
    assert web_workers({}) == 2
    assert web_workers({"WEB_WORKERS": "8"}) == 8
    with pytest.raises(StartError) as caught:
        web_workers({"WEB_WORKERS": "0"})
    assert str(caught.value) == "WEB_WORKERS muss eine Zahl ab 1 sein, nicht „0“."


@pytest.mark.parametrize(
    "host, is_loopback, url",
    [
        ("127.0.0.1", True, "http://127.0.0.1:8000"),
        ("127.8.8.8", True, "http://127.8.8.8:8000"),
        ("localhost", True, "http://localhost:8000"),
        ("::1", True, "http://[::1]:8000"),
        ("0.0.0.0", False, "http://127.0.0.1:8000"),
        ("::", False, "http://[::1]:8000"),
        ("192.168.1.7", False, "http://192.168.1.7:8000"),
        ("localhost.example.org", False, "http://localhost.example.org:8000"),
    ],
)
def test_web_address_knows_who_can_reach_it(host, is_loopback, url):
    address = WebAddress(host, 8000)

    assert (address.is_loopback, address.url) == (is_loopback, url)


@pytest.mark.parametrize(
    "address",
    [
        DATABASE_EXAMPLE,
        "postgres://herne@/herne?host=/run/postgresql",
        "postgresql://herne:p%40ss@[::1]/herne?sslmode=require",
    ],
)
def test_check_database_url_accepts(address):
    addresses.check_database_url(address)


@pytest.mark.parametrize(
    "address, sentence",
    [
        (
            "mysql://rechner/datenbank",
            "DATABASE_URL muss auf einen PostgreSQL-Server zeigen "
            f"({DATABASE_EXAMPLE}), nicht auf „mysql“.",
        ),
        (
            "irgendwas",
            "DATABASE_URL muss auf einen PostgreSQL-Server zeigen "
            f"({DATABASE_EXAMPLE}), nicht auf „irgendwas“.",
        ),
        (
            "postgresql://rechner:fünf/datenbank",
            f"DATABASE_URL ist keine gültige Adresse; sie sieht so aus: "
            f"{DATABASE_EXAMPLE}",
        ),
        (
            "postgresql://[::1/datenbank",
            f"DATABASE_URL ist keine gültige Adresse; sie sieht so aus: "
            f"{DATABASE_EXAMPLE}",
        ),
        (
            "postgresql://rechner:5432/",
            "In DATABASE_URL fehlt der Name der Datenbank; sie sieht so aus: "
            f"{DATABASE_EXAMPLE}",
        ),
    ],
)
def test_check_database_url_refuses(address, sentence):
    with pytest.raises(StartError) as caught:
        addresses.check_database_url(address)

    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    "address", ["redis://rechner", "rediss://:geheim@rechner:6380", "unix:///run/redis"]
)
def test_check_redis_url_accepts(address):
    addresses.check_redis_url(address)


@pytest.mark.parametrize(
    "address", ["http://rechner", "redis://", "unix://", "redis://rechner:x", "rechner"]
)
def test_check_redis_url_refuses(address):
    with pytest.raises(StartError, match=r"^REDIS_URL .*redis://rechner:6379"):
        addresses.check_redis_url(address)


@pytest.mark.parametrize(
    "address, shown",
    [
        ("postgresql://a:geheim@b:5432/c", "postgresql://a:…@b:5432/c"),
        ("redis://:geheim@b:6379", "redis://:…@b:6379"),
        ("postgresql://a@b/c", "postgresql://a@b/c"),
        ("unix:///run/redis.sock", "unix:///run/redis.sock"),
    ],
)
def test_without_password(address, shown):
    assert addresses.without_password(address) == shown


def test_embedded_database_url_keeps_the_folder_as_it_is(tmp_path):
    folder = tmp_path / "Ordner mit Ä & Leerzeichen"

    settings = dj_database_url.parse(addresses.embedded_database_url(folder))

    assert settings["OPTIONS"] == {"host": str(folder)}
    assert (settings["NAME"], settings["USER"]) == ("herne", "herne")
