"""Pages of a PDF as pictures, for looking at on the screen and for sending to a printer."""

from typing import NamedTuple


class PagePicture(NamedTuple):
    """A drawn page, ``stride`` bytes a row: a pixel is four bytes (blue, green, red, unused), or one grey."""

    width: int
    height: int
    stride: int
    pixels: bytes


class PagePictures:
    """The pages of a PDF in memory; may be asked from any thread.

    The PDF is opened for each picture and closed again, which takes a few milliseconds: nothing is left
    open that somebody would have to close when a window goes.
    """

    def __init__(self, pdf: bytes) -> None:
        from app.printing.preview import PageImages

        self._pdf = pdf
        with PageImages(pdf) as pages:
            self._sizes = tuple(pages.page_size(page) for page in range(pages.page_count))

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def sizes(self) -> tuple[tuple[float, float], ...]:
        """Width and height of each page in points."""
        return self._sizes

    def picture(self, page: int, dpi: float) -> PagePicture:
        """A page, counted from 0, in colour for the screen."""
        return self._drawn(page, dpi, grey=False)

    def grey_picture(self, page: int, dpi: float) -> PagePicture:
        """A page in grey for a printer."""
        return self._drawn(page, dpi, grey=True)

    def _drawn(self, page: int, dpi: float, *, grey: bool) -> PagePicture:
        from app.printing.preview import PageImages

        with PageImages(self._pdf) as pages:
            drawn = pages.render(page, dpi, grey=grey)
        return PagePicture(drawn.width, drawn.height, drawn.stride, drawn.data)
