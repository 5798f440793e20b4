"""Small drawn signs: boxes to tick and the states of a month, black on white."""

from app.printing.strips import Shape

DRAWN_BOXES = {"☐": "□", "☒": "■"}
"""Set as text they leave no ink, for readers only, under a sign the face has; the shape is drawn beside."""

_KAPPA = 0.5523


def _circle(radius: float) -> str:
    r, k = radius, radius * _KAPPA
    return (
        f"{r:.2f} 0 m {r:.2f} {k:.2f} {k:.2f} {r:.2f} 0 {r:.2f} c "
        f"{-k:.2f} {r:.2f} {-r:.2f} {k:.2f} {-r:.2f} 0 c "
        f"{-r:.2f} {-k:.2f} {-k:.2f} {-r:.2f} 0 {-r:.2f} c "
        f"{k:.2f} {-r:.2f} {r:.2f} {-k:.2f} {r:.2f} 0 c h"
    )


def check_box(x: float, y: float, side: float, checked: bool) -> Shape:
    """A box standing on the baseline, with an X in it when checked."""
    cross = ""
    if checked:
        near, far = side * 0.18, side * 0.82
        cross = f" 1.3 w {near:.2f} {near:.2f} m {far:.2f} {far:.2f} l S"
        cross += f" {near:.2f} {far:.2f} m {far:.2f} {near:.2f} l S"
    return Shape(x, y, f"0.8 w 0 0 {side:.2f} {side:.2f} re S{cross}")


def month_mark(state: str, x: float, y: float, radius: float) -> Shape | None:
    """The sign of a month's state, centred on a point; a month still to come has none."""
    r = radius
    square = f"0.8 w {-r:.2f} {-r:.2f} {2 * r:.2f} {2 * r:.2f} re S"
    drawn = {
        "not_submitted": f"0.9 w {_circle(r)} S",
        "submitted": f"{_circle(r)} f",
        "confirmed": f"{square} 1.2 w 1 J 1 j {-r * 0.55:.2f} {r * 0.05:.2f} m "
        f"{-r * 0.12:.2f} {-r * 0.45:.2f} l {r * 0.6:.2f} {r * 0.5:.2f} l S 0 J 0 j",
        "late": f"0 {r * 1.1:.2f} m {r * 1.15:.2f} {-r * 0.9:.2f} l {-r * 1.15:.2f} {-r * 0.9:.2f} l h f",
        "excused": square,
        "not_required": f"1.1 w {-r:.2f} 0 m {r:.2f} 0 l S",
        "future": "",
    }[state]
    return Shape(x, y, drawn) if drawn else None
