"""Protection before publication: small counts are hidden so that nobody can work them
out, in all tables that add up with each other.

`release.draft_releases(indicators=…, by=…)` is the one way in: it makes drafts of
releases from raw values. Read the steps in this order:

- `cells`: raw values become cells (a share is the count of its base), by period;
- `system`: the cells of all linked tables become one system of equations: districts
  add up to the city, parts of breakdowns to their total, shares and their complements
  to the base; what earlier releases say is part of it;
- `rules`: which cells are too small, and how far they must stay open;
- `engine`: tau-argus hides as little as is needed (`fallback` where it takes too long);
- `linear`: the gate: nothing is released while linear programming finds a cell closer
  than the rule allows;
- `release`: writes what may be public, and a `ProtectionRun` without values;
- `attack`: works on what is stored, without the raw values: for tests and staff.

What cannot be protected is refused (`refused.ProtectionRefused`).
"""
