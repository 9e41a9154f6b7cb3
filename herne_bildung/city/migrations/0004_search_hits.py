from django.db import migrations

# The index tells which entries match without reading their words. The planner does
# not know how long those are and would read them all for a common word, seven times
# dearer at 100,000 entries; inside this function it may not.
CREATE = """
CREATE FUNCTION search_hits(kind text, query text, typed text) RETURNS bigint[]
LANGUAGE sql STABLE
SET enable_seqscan = off
AS $$
SELECT array_agg(object_id ORDER BY rank DESC, object_id)
FROM (
  SELECT object_id, CASE WHEN place <= 1000
    THEN ts_rank('{0.05, 0.15, 0.4, 1.0}', search, to_tsquery('simple', $2))
      + (search @@ to_tsquery('simple', $3))::int
      + 2 * (search @@ to_tsquery('simple', replace($3, ':*', ':*A')))::int
    ELSE 0 END AS rank
  FROM (
    SELECT object_id, search, row_number() OVER () AS place
    FROM city_searchdocument document
    WHERE document.is_public AND document.kind = $1
      AND document.search @@ to_tsquery('simple', $2)
  ) found
) ranked
$$
"""
COMMENT = """
COMMENT ON FUNCTION search_hits(text, text, text) IS
'Ids of public entries of a kind that match a tsquery, best first. The first 1,000
are ranked: words as typed in the title first, then as typed, then all others.'
"""


class Migration(migrations.Migration):
    """A search that always uses its index."""

    dependencies = [("city", "0003_seed_record")]
    operations = [
        migrations.RunSQL(
            [CREATE, COMMENT], "DROP FUNCTION search_hits(text, text, text)"
        )
    ]
