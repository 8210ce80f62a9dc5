"""What is too large or too much is dropped while it arrives, never kept in memory or on disk, and named to the uploader."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import ngettext

from racing.problems import sentence


class DroppedUpload(UploadedFile):  # type: ignore[type-arg]
    """Stands where a file would that was not kept; `sentence` tells the uploader why. It has no content."""

    def __init__(self, name: str, sentence: str, size: int) -> None:
        super().__init__(file=None, name=name, size=size)
        self.sentence = sentence


class LimitedUploads(FileUploadHandler):
    """Stands before Django's own handlers and passes on no more than the settings allow: bytes a file, files a request."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.files = 0
        self.arrived = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Another file begins."""
        super().new_file(*args, **kwargs)
        self.files += 1
        self.arrived = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass a piece on, or swallow it."""
        self.arrived += len(raw_data)
        return None if self._too_many() or self._too_large() else raw_data

    def file_complete(self, file_size: int) -> DroppedUpload | None:
        """Give a stand-in for a file that was swallowed; None leaves the file to the next handler."""
        if self._too_many():
            words = ngettext(
                "Not taken: at most %(most)d file can be sent at once. Send this one again by itself.",
                "Not taken: at most %(most)d files can be sent at once. Send this one again by itself.",
                settings.UPLOAD_MAX_FILES,
            ) % {"most": settings.UPLOAD_MAX_FILES}
        elif self._too_large():
            words = sentence("too_large")
        else:
            return None
        return DroppedUpload(self.file_name or "", words, self.arrived)

    def _too_many(self) -> bool:
        return self.files > settings.UPLOAD_MAX_FILES

    def _too_large(self) -> bool:
        return self.arrived > settings.UPLOAD_MAX_BYTES
