"""The design's colours and sizes, light and dark: the one place where they are numbers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by meaning; every tone has a text colour and a ground (``…_ground``)."""

    paper: str
    sheet: str
    sunken: str
    side: str
    sel: str
    line: str
    edge: str
    ink: str
    ink2: str
    ink3: str
    pri: str
    prit: str
    pris: str
    lede: str
    ok: str
    ok_ground: str
    late: str
    late_ground: str
    bad: str
    bad_ground: str
    exc: str
    exc_ground: str
    na: str
    na_ground: str
    gold: str
    gold_ground: str

    @property
    def pri_ground(self) -> str:
        """The ground of notes, so that ``pri`` can be used as a tone like the others."""
        return self.pris


LIGHT = Tokens(
    paper="#F4F2ED",
    sheet="#FFFFFF",
    sunken="#F0EDE6",
    side="#ECE8E0",
    sel="#DCE8F3",
    line="#DDD8CE",
    edge="#857F74",
    ink="#1E2227",
    ink2="#545961",
    ink3="#5F646C",
    pri="#1D4F7C",
    prit="#FFFFFF",
    pris="#E5EEF6",
    lede="#A63D36",
    ok="#1F6A3E",
    ok_ground="#E3F1E7",
    late="#8F4400",
    late_ground="#FBECDB",
    bad="#A1261F",
    bad_ground="#FBE8E6",
    exc="#594A80",
    exc_ground="#EDE9F5",
    na="#5F646B",
    na_ground="#EEECE7",
    gold="#7F5C10",
    gold_ground="#F6EED9",
)

DARK = Tokens(
    paper="#16181B",
    sheet="#1E2125",
    sunken="#191C1F",
    side="#191C1F",
    sel="#24405C",
    line="#353A41",
    edge="#7F868F",
    ink="#E9E7E2",
    ink2="#B7B5AF",
    ink3="#9A9994",
    pri="#8FBDE6",
    prit="#0E1B27",
    pris="#22344A",
    lede="#C7665E",
    ok="#86CB9F",
    ok_ground="#1C3326",
    late="#F0AC63",
    late_ground="#3B2A17",
    bad="#F3A098",
    bad_ground="#40211F",
    exc="#C0AEE6",
    exc_ground="#2D2840",
    na="#A3A5A8",
    na_ground="#2A2D31",
    gold="#DDB868",
    gold_ground="#362D19",
)

# Points at 100 %, 150 % and 200 % (the larger steps are rounded to half points by the design, not computed).
TYPE_SIZES: dict[str, tuple[float, float, float]] = {
    "disp": (22, 33, 44),
    "h1": (18, 27, 36),
    "h2": (14.5, 22, 29),
    "h3": (13, 19.5, 26),
    "lead": (12, 18, 24),
    "body": (11, 16.5, 22),
    "cap": (10, 15, 20),
}

# Weight each role has unless it is asked for in another.
TYPE_WEIGHTS = {"disp": 600, "h1": 600, "h2": 600, "h3": 600, "lead": 400, "body": 400, "cap": 400}

SCALES = (1.0, 1.5, 2.0)
SCALE_WORDS = {1.0: "Thường", 1.5: "Lớn", 2.0: "Rất lớn"}

# Logical widths (window ÷ text scale) where the layout changes.
FULL_WIDTH = 1180
RAIL_WIDTH = 840
