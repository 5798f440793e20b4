"""Whether everybody has a PIN of their own, with what each choice means."""

from app.ui.parts.fields import FormField
from app.ui.parts.segmented import Segmented

_NAME = "Khi đảng viên ngồi vào máy"
_WAYS = (("yes", "Mỗi người một mã PIN"), ("no", "Không dùng mã PIN"))
_MEANING = {
    "yes": "Nên dùng. Mỗi đảng viên chỉ mở được trang của mình.",
    "no": "Ai ngồi vào máy cũng mở được trang của người khác.",
}


class PinChoice(FormField):
    """PINs are proposed; going without them is said plainly."""

    def __init__(self) -> None:
        self.ways = Segmented(_WAYS, name=_NAME, chosen="yes")
        super().__init__(_NAME, self.ways, hint=_MEANING["yes"])
        self.ways.chosen.connect(lambda key: self.set_hint(_MEANING[key]))

    @property
    def wants_pins(self) -> bool:
        """Whether a PIN is asked of everybody."""
        return self.ways.choice() == "yes"
