"""Why a worker leaves an import to others."""


class Stop(Exception):
    """The claim is no longer ours, the state is another, or time is up."""
