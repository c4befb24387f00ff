"""What people upload is read as pixels and written anew."""

from io import BytesIO

import pytest
from PIL import Image

from passaparola.kernel.pictures import PictureError, read_picture

COLOURS = {"RGB": "teal", "RGBA": (0, 128, 128, 90), "1": 1}


def drawn(size=(64, 48), mode="RGB", kind="JPEG", **more):
    written = BytesIO()
    Image.new(mode, size, COLOURS[mode]).save(written, kind, **more)
    return written.getvalue()


def test_a_photo_comes_out_as_a_fresh_jpeg_without_its_metadata():
    exif = Image.Exif()
    exif[0x010E] = "via Tortona 12"

    picture = read_picture(drawn((3000, 2000), exif=exif.tobytes()), longest_side=800)

    assert (picture.media_type, picture.width, picture.height) == ("image/jpeg", 800, 533)
    assert b"Tortona" not in picture.content


def test_what_is_see_through_stays_so():
    assert read_picture(drawn(mode="RGBA", kind="PNG")).media_type == "image/png"


def test_what_hides_behind_a_picture_is_gone():
    polyglot = drawn() + b"<script>alert(1)</script><?php system($_GET[0]); ?>"

    assert b"script" not in read_picture(polyglot).content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        drawn()[:200],
        drawn(kind="BMP"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(content):
    with pytest.raises(PictureError, match="no picture"):
        read_picture(content)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unfolded():
    with pytest.raises(PictureError, match="too large"):
        read_picture(drawn((10_000, 10_000), mode="1", kind="PNG"))
