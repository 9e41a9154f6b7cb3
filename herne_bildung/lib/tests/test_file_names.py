from herne_bildung.lib.file_names import file_name


def test_a_file_is_called_as_its_list():
    names = [
        file_name("Angebote", "2026-11-22", "csv"),
        file_name("Frühere Schlüssel", 'a/b"\r\n.exe', "xlsx"),
    ]

    assert names == ["angebote-2026-11-22.csv", "fruehere-schluessel-a-b-exe.xlsx"]
