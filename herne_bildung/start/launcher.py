"""Becomes another program, bound to the life of the process that started it.

Run as a file by `processes.launch`: `launcher.py '{"parent": …}' program argument …`.
A program of its own instead of code between fork and exec, which is unsafe in a
process with threads. Standard library only, and little of it: it runs at each start.
"""

import ctypes
import json
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522
CLONE_NEWUSER = 0x10000000
# The user that PostgreSQL believes to be: any but root.
SEEN_USER = 1000


class NotPossible(Exception):
    """The operating system refuses; the exit code is 71."""


def c_library():
    """The C library; None where there is no Linux."""
    return ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def enter_user_namespace(library) -> None:
    """Root outside, an ordinary user inside: files stay root's, nobody is created."""
    user, group = os.getuid(), os.getgid()  # inside they are unknown until mapped
    if library.unshare(CLONE_NEWUSER):
        raise NotPossible(os.strerror(ctypes.get_errno()))
    try:
        with open("/proc/self/setgroups", "w") as file:
            file.write("deny")
        with open("/proc/self/uid_map", "w") as file:
            file.write(f"{SEEN_USER} {user} 1")
        with open("/proc/self/gid_map", "w") as file:
            file.write(f"{SEEN_USER} {group} 1")
    except OSError as error:
        raise NotPossible(str(error)) from error


def become_user(library, user: int, group: int) -> None:
    """Leave root for an ordinary user, keeping the right to read root's folders.

    The portal may lie below a folder that only root may enter; without that right the
    program could not even reach its own files there.
    """
    try:
        library.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)
    except OSError as error:
        raise NotPossible(str(error)) from error
    bit = 1 << CAP_DAC_OVERRIDE
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    # effective, permitted, inheritable of the lower 32 capabilities, then the upper.
    sets = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)
    if library.capset(header, sets) == 0:
        library.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)


def main() -> None:
    """Take the new identity, tie the knot to the parent, become the program."""
    wishes = json.loads(sys.argv[1])
    library = c_library()
    try:
        if wishes["identity"] == "namespace":
            enter_user_namespace(library)
        elif wishes["identity"] == "user":
            become_user(library, *wishes["user"])
    except (NotPossible, AttributeError) as refusal:
        sys.exit(f"{refusal}" if not wishes["quiet"] else 71)
    if library and wishes["parent"]:
        # After the change of identity, which would clear it.
        library.prctl(PR_SET_PDEATHSIG, wishes["signal"], 0, 0, 0)
        if os.getppid() != wishes["parent"]:
            sys.exit(0)
    # Python ignores it, and what is ignored stays so in the next program.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.execv(sys.argv[2], sys.argv[2:])


if __name__ == "__main__":
    main()
