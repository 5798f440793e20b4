"""What a password that opens the book must be like."""

import unicodedata

from app.domain.errors import Problem
from app.domain.text import nfc

DEMO_PASSWORD = "so-mau"  # known to everybody and said on screen: the sample book holds nobody's data
LEAST_LETTERS = 10
PHRASE_ADVICE = (
    "Nên dùng một câu dễ nhớ, khó đoán, từ bốn tiếng trở lên, gõ có dấu hay không dấu đều được, "
    "ví dụ nói về một chuyện chỉ mình đồng chí biết. Không dùng ngày sinh, số điện thoại, tên chi bộ."
)


def seen_letters(password: str) -> int:
    """How many letters the person sees: a letter with its marks counts once, however it was typed."""
    return sum(not unicodedata.combining(sign) for sign in nfc(password))


def problems_in_password(password: str, again: str | None = None) -> tuple[Problem, ...]:
    """Why a new password will not do; ``again`` is the second typing, None where none is asked."""
    text = nfc(password)
    problems = [Problem("password", sentence) for sentence in _faults(text)][:1]
    if not problems and again is not None and nfc(again) != text:
        problems = [Problem("again", "Hai lần gõ chưa giống nhau. Xin gõ lại lần thứ hai.")]
    return tuple(problems)


def _faults(text: str) -> list[str]:
    signs = [sign for sign in text.casefold() if sign.isalnum()]
    faults = []
    if text.strip().casefold() == DEMO_PASSWORD:
        faults.append("Đây là mật khẩu của sổ mẫu, ai cũng biết. Xin đặt mật khẩu khác.")
    if (count := seen_letters(text.strip())) < LEAST_LETTERS:
        faults.append(
            f"Mật khẩu cần từ {LEAST_LETTERS} ký tự trở lên, đang có {count}. Nên dùng một câu dễ nhớ."
        )
    if not any(sign.isalpha() for sign in signs):
        faults.append("Mật khẩu chỉ có số hoặc dấu thì dễ dò ra. Xin thêm chữ, tốt nhất là một câu.")
    if len(set(text.casefold()) - {" "}) == 1:
        faults.append("Mật khẩu lặp mãi một ký tự thì dễ dò ra. Xin đặt một câu dễ nhớ.")
    return faults
