"""Pictures and PDFs of guides. Pictures are made anew; a PDF is looked at only at its edges, and only downloaded."""

from datetime import datetime
from hashlib import blake2b
from pathlib import PurePath

from django.utils.translation import gettext_noop as _

from passaparola.guides.models import Guide, GuideFile
from passaparola.kernel.pictures import PictureError, read_picture

MOST_BYTES = 8 * 1024 * 1024
MOST_FILES = 12
TOO_LARGE = _("This file is too large. 8 MB is the most we can take.")
TOO_MANY = _("Twelve files are enough for one guide. Take one away first.")
NO_FILE = _("Send a picture (JPEG, PNG, WebP) or a PDF.")


class FileError(ValueError):
    """It can't be taken; the sentence is one of those above or of `kernel.pictures`."""


def add_file(guide: Guide, *, name: str, content: bytes, now: datetime) -> GuideFile:
    """Keep a picture or PDF. Raises FileError."""
    if len(content) > MOST_BYTES:
        raise FileError(TOO_LARGE)
    if guide.files.count() >= MOST_FILES:
        raise FileError(TOO_MANY)
    width = height = 0
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        kept, media_type = content, "application/pdf"
    else:
        try:
            picture = read_picture(content, longest_side=1200)
        except PictureError as error:
            raise FileError(NO_FILE if len(content) < MOST_BYTES else str(error)) from None
        kept, media_type = picture.content, picture.media_type
        width, height = picture.width, picture.height
    digest = blake2b(kept, digest_size=12, key=str(guide.pk).encode()).hexdigest()
    found, _ = GuideFile.objects.get_or_create(
        digest=digest,
        defaults={
            "guide": guide,
            "name": PurePath(name.replace("\\", "/")).name[-120:] or "file",
            "media_type": media_type,
            "content": kept,
            "width": width,
            "height": height,
            "added_at": now,
        },
    )
    return found
