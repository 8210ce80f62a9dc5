"""Every code that says what went wrong or is in doubt, as a sentence for the editor who can do something about it.

A sentence says what is the matter and what to do next. Codes come from documents (`racing.reading.documents`), the process
that reads them (`racing.sandbox`), jobs (`racing.jobs`), refused uploads (`racing.intake`) and the reader
(`racing.reading.reader`); what they add is their detail.
"""

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: An upload that is not kept, or a document in which nothing can be read.
DOCUMENTS: dict[str, Promise] = {
    "empty": _("There is nothing in this document. Check that it is the right one and upload it again."),
    "too_large": _("The file is larger than %(max_size)s. Save it without pictures, or paste its text."),
    "too_long": _(
        "The document is longer than any report. Upload only the part that tells of the races, or paste its text."
    ),
    "no_text": _(
        "There are no letters in this document, only pictures; it may have been scanned. Paste its text, or upload a "
        "document whose text can be selected."
    ),
    "encrypted": _("The document is protected by a password. Save it without one and upload it again."),
    "broken": _(
        "The document is damaged or was not sent completely. Open it in the program that made it, save it anew and upload that."
    ),
    "executable": _(
        "This file holds a program or macros, whatever its name says. Only documents are taken: PDF, Word (DOCX), "
        "Excel (XLSX), OpenDocument, CSV, HTML, mails and plain text."
    ),
    "zip_bomb": _(
        "Unpacked, this file would be of a dangerous size. Save a real document as PDF or plain text and upload that."
    ),
    "zip_slip": _(
        "This file holds parts that would be unpacked outside of its own folder, as no real document does. Save the document "
        "anew as PDF or plain text and upload that."
    ),
    "image": _(
        "This is a picture or a film (%(detail)s); its words cannot be read here. Paste the text of the report instead."
    ),
    "unsupported": _(
        "Files of this kind (%(detail)s) cannot be read here. Save the document as PDF, Word (DOCX), Excel (XLSX), HTML or "
        "plain text and upload that."
    ),
    "unknown_format": _(
        "What kind of file this is cannot be told. Save the document as PDF, Word (DOCX), Excel (XLSX), HTML or plain text."
    ),
    "not_stored": _(
        "The file could not be kept: the disk may be full. Nothing of it was taken in. Tell your administrator, then upload it "
        "again."
    ),
}

#: A reading that did not come to its end.
JOBS: dict[str, Promise] = {
    "timeout": _(
        "Reading was stopped after %(seconds)s seconds. Upload the text of the report by itself, without tables and pictures, "
        "or paste it."
    ),
    "memory": _(
        "Reading was stopped: the document needs too much memory. Save it without pictures, or paste its text."
    ),
    "crashed": _(
        "Reading broke off. Try again; if it breaks off once more, save the document as plain text and upload that."
    ),
    "gave_up": _(
        "This report was taken up several times and never came to its end. Try again; if that does not help, paste its text "
        "and tell your administrator."
    ),
    "internal": _("Reading failed by a mistake of this program. The file is kept. Tell your administrator: %(detail)s"),
}

#: What the reader understood and is in doubt about, or did not understand.
READING: dict[str, Promise] = {
    "unknown_language": _(
        "The report is in a language that is not read here yet. Enter its results in the administration."
    ),
    "no_results": _("No result was found in this report. If it tells any, enter them in the administration."),
    "not_understood": _("This looks like a result and was not understood. Enter it by hand if it is one."),
}

#: Why the model reader did not read, so that the offline reading stands; and what is to be looked at in what it read.
MODEL: dict[str, Promise] = {
    "model_off": _(
        "The series wants the model to read, but this installation names no endpoint: the offline reader has read. Tell your "
        "administrator, or let the offline reader read this series."
    ),
    "model_misconfigured": _(
        "The model could not be asked: its endpoint is not set up rightly (%(detail)s). The offline reader has read. Tell your "
        "administrator."
    ),
    "model_unreachable": _(
        "The model's endpoint could not be reached (%(detail)s): the offline reader has read. Read the report again later."
    ),
    "model_timeout": _(
        "The model did not answer in time: the offline reader has read. Read the report again later; parts that were answered "
        "are kept."
    ),
    "model_busy": _(
        "The model's endpoint was busy or out of order (%(detail)s) at every attempt: the offline reader has read. Read the "
        "report again later."
    ),
    "model_denied": _(
        "The model's endpoint does not let us in (%(detail)s): the offline reader has read. Tell your administrator to check "
        "the key."
    ),
    "model_rejected": _(
        "The model's endpoint does not take our question (%(detail)s): the offline reader has read. Tell your administrator."
    ),
    "model_redirected": _(
        "The model's endpoint points elsewhere (%(detail)s), and nothing is sent there: the offline reader has read. Tell your "
        "administrator to set its true address."
    ),
    "model_too_large": _(
        "The model's answer was larger than any true one and was not taken: the offline reader has read. Tell your "
        "administrator."
    ),
    "model_garbled": _(
        "The endpoint's answer is not of the protocol that is spoken with it: the offline reader has read. Tell your "
        "administrator."
    ),
    "model_refusal": _("The model refused to read this report: the offline reader has read."),
    "model_empty": _("The model answered with nothing: the offline reader has read. Read the report again."),
    "model_broken": _(
        "Nothing of the model's answer could be understood: the offline reader has read. Read the report again."
    ),
    "model_useless": _(
        "The model's answers about this report were of no use twice, and a third is not bought: the offline reader has read. "
        "Another model may read it."
    ),
    "model_asked": _(
        "The model is being asked about this report already, and has not answered yet: the offline reader has read. Read the "
        "report again in a few minutes."
    ),
    "model_twice": _("The same answer was bought twice at the same moment; the other one holds."),
    "model_limit": _(
        "What may be spent on the model this month (%(detail)s) is used up: the offline reader has read. Read the report again "
        "next month, or have your administrator raise the limit."
    ),
    "model_found_nothing": _(
        "The model states nothing that this text proves: what the offline reader has read stands. Compare it with the words."
    ),
    "model_cut": _(
        "The model's answer broke off: what was whole of it was taken, the rest may be missing. Compare it with the words."
    ),
    "model_misshapen": _(
        "Some of the model's answer (%(detail)s) had not the shape of a fact and was left out. Compare the rest with the words."
    ),
    "model_not_in_text": _("The model states this, but the text does not prove it, and it was left out: %(detail)s"),
    "model_place_twice": _("The model gives one place twice. Correct what is wrong: %(detail)s"),
    "model_driver_twice": _("The model gives one driver two places. Correct what is wrong: %(detail)s"),
    "model_against_offline": _(
        "The model says one thing, and the offline reader is sure of another. Correct what is wrong: %(detail)s"
    ),
    "readers_disagree": _("The two readers disagree; the surer one holds for now. Correct what is wrong: %(detail)s"),
    "model_orders": _(
        "This passage speaks to a machine that reads it. It proves nothing; look at who sent the report, and at what was read."
    ),
    "model_too_long": _(
        "The report is longer than what the model is sent: it read the first %(detail)s characters. Upload the rest by itself."
    ),
    "model_more": _("There is more of this kind to look at (%(detail)s). Compare what was read with the words."),
}

SENTENCES: dict[str, Promise] = {**DOCUMENTS, **JOBS, **READING, **MODEL}

_UNKNOWN = _("Something went wrong that has no name yet. Try again, and tell your administrator: %(code)s")


def sentence(code: str, detail: str = "") -> str:
    """Give the sentence for a code in the language of the moment; a code that nobody knows gives a general one."""
    template = SENTENCES.get(code, _UNKNOWN)
    return str(template) % {
        "code": code,
        "detail": detail,
        "max_size": filesizeformat(settings.UPLOAD_MAX_BYTES),
        "seconds": settings.DOCUMENT_SECONDS,
    }
