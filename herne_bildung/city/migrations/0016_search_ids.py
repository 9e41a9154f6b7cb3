from django.db import migrations

# What is found is read once and narrowly; only those that are ranked are read with
# their words, which for a common word are a few of many. The numbers come packed, four
# bytes each: first those that are ranked, best first, then the others as they lie.
CREATE = """
CREATE FUNCTION search_ids(kind text, query text, typed text) RETURNS bytea
LANGUAGE sql STABLE
SET enable_seqscan = off
AS $$
WITH found AS MATERIALIZED (
  SELECT object_id
  FROM city_searchdocument document
  WHERE document.is_public AND document.kind = $1
    AND document.search @@ to_tsquery('simple', $2)
), ranked AS (
  SELECT object_id,
    ts_rank('{0.05, 0.15, 0.4, 1.0}', search, to_tsquery('simple', $2))
      + (search @@ to_tsquery('simple', $3))::int
      + 2 * (search @@ to_tsquery('simple', replace($3, ':*', ':*A')))::int AS rank
  FROM (SELECT object_id FROM found LIMIT 1000) AS first
  JOIN (
    SELECT object_id, search FROM city_searchdocument document
    WHERE document.kind = $1
  ) AS words USING (object_id)
)
SELECT (
    SELECT string_agg(int4send(object_id::integer), '' ORDER BY rank DESC, object_id)
    FROM ranked
  ) || coalesce((
    SELECT string_agg(int4send(object_id::integer), '')
    FROM (SELECT object_id FROM found OFFSET 1000) AS others
  ), '')
$$
"""
COMMENT = """
COMMENT ON FUNCTION search_ids(text, text, text) IS
'Ids of public entries of a kind that match a tsquery, four bytes each. The first 1,000
are ranked, best first: words as typed in the title first, then as typed, then all
others; the ids after them are in no order.'
"""
DROP = "DROP FUNCTION {}(text, text, text)"
FORMER = """
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


class Migration(migrations.Migration):
    """Common words are found with less work."""

    dependencies = [("city", "0015_log_of_raw_values")]
    operations = [
        migrations.RunSQL([CREATE, COMMENT], DROP.format("search_ids")),
        migrations.RunSQL(DROP.format("search_hits"), FORMER),
    ]
