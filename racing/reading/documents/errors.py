"""Why a document cannot be read."""


class DocumentError(Exception):
    """A document that cannot be read: `code` names the sentence that tells the editor, `detail` fills it.

    Codes: empty, no_text, encrypted, zip_bomb, zip_slip, executable, image, unsupported, unknown_format, broken, too_long.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
