"""The minutes' labelled values: numbers that add up as a reader adds them."""

from app.domain.meeting import Attendance, Meeting, MeetingKind, Presence, Standing
from app.domain.sheets.minutes import MeetingPeople, meeting_values


def test_the_cells_members_are_its_official_and_probationary_ones_and_no_guest() -> None:
    standings = (Standing.OFFICIAL, Standing.OFFICIAL, Standing.PROBATIONARY, Standing.TEMPORARY_HERE)
    lines = tuple(
        Attendance(str(number), standing, Presence.PRESENT) for number, standing in enumerate(standings)
    )
    meeting = Meeting(MeetingKind.REVIEW, 2025, attendance=lines)

    values = meeting_values(meeting, MeetingPeople({}, {}))

    assert (values["members"], values["official"], values["probationary"]) == ("3", "2", "1")
    assert (values["temporary_here"], values["present"]) == ("1", "4")
