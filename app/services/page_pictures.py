"""Pages of a PDF as pictures, for looking at on the screen and for sending to a printer."""

from typing import NamedTuple


class PagePicture(NamedTuple):
    """A drawn page, ``stride`` bytes a row: a pixel is four bytes (blue, green, red, unused), or one grey."""

    width: int
    height: int
    stride: int
    pixels: bytes


class PagePictures:
    """The pages of a PDF in memory; may be asked from any thread. Close it when it is no longer shown."""

    def __init__(self, pdf: bytes) -> None:
        from app.printing.preview import PageImages

        self._pages = PageImages(pdf)
        # Sizes are asked at every painting, also while another thread draws a page.
        self._sizes = tuple(self._pages.page_size(page) for page in range(self._pages.page_count))

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
        drawn = self._pages.render(page, dpi)
        return PagePicture(drawn.width, drawn.height, drawn.stride, drawn.data)

    def grey_picture(self, page: int, dpi: float) -> PagePicture:
        """A page in grey for a printer."""
        drawn = self._pages.render(page, dpi, grey=True)
        return PagePicture(drawn.width, drawn.height, drawn.stride, drawn.data)

    def close(self) -> None:
        """Let go of the pages."""
        self._pages.close()
