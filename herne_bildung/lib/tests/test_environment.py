from herne_bildung.lib.environment import (
    kept_secret,
    mail_settings,
    names,
    redis_database,
    switch,
)


def test_switch_and_names_read_what_people_write(monkeypatch):
    monkeypatch.setenv("A_SWITCH", " Yes ")
    monkeypatch.setenv("A_LIST", "a, b,,")

    assert (switch("A_SWITCH"), switch("NOT_SET"), switch("NOT_SET", True)) == (
        True,
        False,
        True,
    )
    assert names("A_LIST") == ["a", "b"]
    assert names("NOT_SET", "x,y") == ["x", "y"]


def test_kept_secret_is_made_once_and_readable_by_us_only(tmp_path):
    path = tmp_path / "var" / "secret_key"

    first = kept_secret(path)

    assert kept_secret(path) == first
    assert len(first) >= 64
    assert path.stat().st_mode & 0o777 == 0o600


def test_redis_database_knows_sockets_and_hosts():
    assert redis_database("unix:///run/v.sock", 1, broker=True) == (
        "redis+socket:///run/v.sock?virtual_host=1"
    )
    assert redis_database("unix:///run/v.sock", 0) == "unix:///run/v.sock?db=0"
    assert redis_database("rediss://:p@host:6380", 2) == "rediss://:p@host:6380/2"


def test_mail_goes_to_files_without_an_address_and_else_by_smtp(tmp_path):
    assert mail_settings("", tmp_path)["EMAIL_FILE_PATH"] == str(tmp_path)

    found = mail_settings("smtp+tls://me:p%40ss@mail.example:587?timeout=5", tmp_path)

    assert found == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "me",
        "EMAIL_HOST_PASSWORD": "p@ss",
        "EMAIL_USE_TLS": True,
        "EMAIL_USE_SSL": False,
        "EMAIL_TIMEOUT": 5,
    }
