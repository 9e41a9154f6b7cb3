"""Search index rows of everything that can be found on the site."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models, transaction
from django.db.models import F


class SearchDocument(models.Model):
    """The words by which one entry is found, made by herne_bildung.lib.analyser.

    Four weights: `terms_a` title, `terms_b` topics, provider and synonyms-like
    short facts, `terms_c` summary, `terms_d` the rest. The words of `fuzzy_text` go
    into `SearchWord`. `is_public` entries only are found by readers.
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    is_public = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)
    terms_a = models.TextField(blank=True)
    terms_b = models.TextField(blank=True)
    terms_c = models.TextField(blank=True)
    terms_d = models.TextField(blank=True)
    fuzzy_text = models.TextField(blank=True)
    search = models.GeneratedField(
        expression=(
            SearchVector("terms_a", weight="A", config="simple")
            + SearchVector("terms_b", weight="B", config="simple")
            + SearchVector("terms_c", weight="C", config="simple")
            + SearchVector("terms_d", weight="D", config="simple")
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], name="one_search_document"
            )
        ]
        indexes = [
            GinIndex(
                fields=["search"],
                name="search_terms",
                condition=models.Q(is_public=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class SearchWord(models.Model):
    """A word that titles or topics really have: what typing errors are compared with.

    The list is as long as the language, not as the catalogue, so a mistyped word is
    found as quickly among many entries as among few.
    """

    word = models.CharField(max_length=64, primary_key=True)

    class Meta:
        indexes = [
            GinIndex(OpClass("word", name="gin_trgm_ops"), name="search_words_similar")
        ]

    def __str__(self) -> str:
        return self.word


class ReferenceVersion(models.Model):
    """Counts changes of what processes keep in memory (districts, topics).

    One row a kind; raised in the same transaction as the change, so that a process
    that reads it sees exactly the state it asks for.
    """

    kind = models.CharField(max_length=20, primary_key=True)
    version = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"

    @classmethod
    def raise_for(cls, kind: str) -> None:
        """Tell all processes that their copy of this reference data is outdated."""
        with transaction.atomic():
            if not cls.objects.filter(kind=kind).update(version=F("version") + 1):
                cls.objects.create(kind=kind, version=1)
