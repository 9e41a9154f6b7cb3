"""When tables cannot be protected."""


class ProtectionRefused(ValueError):
    """Nothing was released; says in words for staff which cells and what to do. Names
    areas, periods and parts, never values.
    """
