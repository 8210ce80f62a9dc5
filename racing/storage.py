"""Where the originals of reports are kept: outside every folder that the web serves."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage


def originals() -> FileSystemStorage:
    """Give the storage of the originals. It has no web address: only a view for editors sends them."""
    return FileSystemStorage(location=settings.ORIGINALS_ROOT, base_url=None, allow_overwrite=True)
