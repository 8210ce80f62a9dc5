"""Where the originals of reports are kept: outside every folder that the web serves."""

import os

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class Originals(FileSystemStorage):
    """The folder of the settings, asked for at each use: the field that holds this lives longer than a test's settings."""

    @property
    def base_location(self) -> str:
        """The folder as the settings name it."""
        return str(settings.ORIGINALS_ROOT)

    @property
    def location(self) -> str:
        """The folder as an absolute path."""
        return os.path.abspath(self.base_location)


def originals() -> FileSystemStorage:
    """Give the storage of the originals. It has no web address: only a view for editors sends them."""
    return Originals(base_url=None, allow_overwrite=True)
