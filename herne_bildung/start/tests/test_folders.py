"""The folders of an installation."""

import stat

from herne_bildung.start.folders import Folders


def test_mails_logs_and_sockets_are_for_the_portal_only(tmp_path):
    folders = Folders(tmp_path / "var")

    folders.make()

    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in folders.var.iterdir()
    }
    modes.pop("static-build")
    assert modes == {"run": 0o700, "log": 0o700, "mail": 0o700}
