"""Pictures from outside, read as pixels and written anew: nothing of the file that came in is kept.

So there is no script in an SVG, no second file behind the first, no place and no name in the metadata, and no
picture that unfolds to gigabytes.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 60_000_000
"""A good telephone's camera; more is an attack or a mistake."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class PictureError(ValueError):
    """It can't be taken; the sentence says why and is one of those below, to be translated where it is shown."""


TOO_LARGE = "This picture is too large. 15 MB is the most we can take."
NO_PICTURE = "This file is no picture we can read. Send a photo as JPEG, PNG or WebP."


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as we keep it."""

    content: bytes
    media_type: str
    width: int
    height: int


def read_picture(content: bytes, *, longest_side: int = 1600) -> Picture:
    """Return the picture as JPEG (PNG where it is see-through), upright and no longer than `longest_side`.

    Raises PictureError for what is too large (bytes or pixels) or no picture of `FORMATS`.
    """
    if len(content) > MOST_BYTES:
        raise PictureError(TOO_LARGE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the size is looked at below
            with Image.open(BytesIO(content), formats=FORMATS) as opened:
                return _unfolded(opened, longest_side)
    except PictureError:
        raise
    except Image.DecompressionBombError as error:
        raise PictureError(TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise PictureError(NO_PICTURE) from error


def _unfolded(opened: Image.Image, longest_side: int) -> Picture:
    if (
        opened.width * opened.height > MOST_PIXELS
    ):  # known from the head of the file, before any pixel is read
        raise PictureError(TOO_LARGE)
    opened.draft("RGB", (longest_side, longest_side))
    return _written(ImageOps.exif_transpose(opened), longest_side)


def _written(image: Image.Image, longest_side: int) -> Picture:
    is_clear = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    plain = image.convert("RGBA" if is_clear else "RGB")
    plain.thumbnail((longest_side, longest_side))
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    written = BytesIO()
    if is_clear:
        fresh.save(written, "PNG", optimize=True)
    else:
        fresh.save(written, "JPEG", quality=82, optimize=True, progressive=True)
    media_type = "image/png" if is_clear else "image/jpeg"
    return Picture(written.getvalue(), media_type, fresh.width, fresh.height)
