"""For each act of the table of rights the real service, called on the record it is about."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.domain.acts import Act
from app.domain.cell import CellName, LevelScale
from app.domain.finding import Finding
from app.domain.grade import Grade, SubjectKind
from app.domain.issued_document import CellTerm
from app.domain.member import CellRole, DatedStatus, Post, Sphere, StatusKind
from app.domain.monthly import MonthlyEntry, MonthlySelfAssessment
from app.domain.pledge import Outcome, Pledge
from app.domain.review import GradeStage, Review, StageGrade
from app.domain.rule_facts import facts_of
from app.domain.rule_file import RuleFileKind
from app.domain.sheets.kinds import PaperKind
from app.services import (
    accounts,
    appraisal,
    backup_list,
    books,
    cap_settings,
    cells,
    collectives,
    content_sets,
    deleted_records,
    disciplines,
    drafts,
    eligibility,
    grade_table,
    health,
    history,
    issued_documents,
    key_holders,
    meetings,
    member_files,
    member_import,
    member_overview,
    members,
    months,
    opinions,
    own_desk,
    pledges,
    quarters,
    raised_points,
    reratings,
    reviews,
    rule_corrections,
    rule_files,
    statistics,
    support_bundle,
    votes,
    year_closing,
    year_end_steps,
)
from app.services.paper_jobs import PaperRequest
from app.services.papers import plan_papers
from tests.builders import a_member, an_item
from tests.services.rights_book import DAY, HELD, MONTH, Try
from tests.services.test_locked_year import WRITES


def _kept(name: str) -> Callable[[Try], object]:
    """A write of the year-end's own test of locked years."""
    return lambda t: WRITES[name](t.kept)


def _items(t: Try) -> Pledge:
    """The pledge as its page hands it over: with its items where this person reads them."""
    page = pledges.open_pledge(t.ws, t.pledge_of, 2026)
    items = page.pledge.items or (an_item(action="Việc mới gõ"),)
    return replace(page.pledge, items=tuple(replace(item, note="sửa") for item in items))


def _month(t: Try) -> MonthlySelfAssessment:
    page = months.open_month(t.ws, t.month_of, MONTH)
    entries = tuple(MonthlyEntry(item.id, "Gõ lại", "Khá") for _number, item in page.open_items)
    return replace(page.assessment, entries=entries)


def _review(t: Try, grade: Grade = Grade.SATISFACTORY) -> Review:
    page = reviews.open_review(t.ws, t.review_of)
    return reviews.with_self_grade(replace(page.review, dated_on=HELD), grade)


def _item_id(t: Try) -> str:
    with t.ws.read() as tx:
        from app.db.pledge_queries import registered_items

        return next((item.id for item in registered_items(tx, t.pledge_of, 2026)), "")


def _revise(t: Try) -> object:
    item = an_item(action="Việc đổi giữa năm", id=_item_id(t))
    return pledges.revise_item(t.ws, t.pledge_of, 2026, item, "cấp trên giao")


def _pledge_words(t: Try) -> object:
    page = pledges.open_pledge(t.ws, t.pledge_of, 2026)
    return page.pledge.items


def _review_words(t: Try) -> object:
    page = reviews.open_review(t.ws, t.review_of)
    return (*page.review.sections, *(given for given in page.review.grades if given.stage is GradeStage.SELF))


def _cells_cases(t: Try) -> object:
    """What stays of a case the cell holds against the member when this person saves the sheet."""
    key = replace(t.review_of, subject_id=t.book.reviews["typed"])
    page = reviews.open_review(t.ws, key)
    saved = reviews.save_review(t.ws, replace(page.review, dated_on=HELD, block_cases=("R1",)))
    return saved.block_cases


def _correct(t: Try) -> object:
    with t.book.ws.read() as tx:
        from app.services.rule_book import rule_book_in

        facts = facts_of(rule_book_in(tx).rules_of(2026))
    fact = next(fact for fact in facts if fact.label == "Khi lẻ")
    return rule_corrections.correct_fact(t.ws, "2025", fact, {"cap.rounding": "half_up"}, "CV 12", 2028)


def _put_back(t: Try) -> object:
    gone = deleted_records.list_deleted(t.book.ws)[0]
    return deleted_records.restore_deleted(t.ws, gone.line.id, gone.id)


def _prints(kind: PaperKind) -> Callable[[Try], object]:
    def plan(t: Try) -> object:
        people = (t.book.kept.people.plain,) if t.whose == "others" else None
        if t.whose == "own":
            people = (t.ws.actor.member_id or "",)
        return plan_papers(t.ws, PaperRequest((kind,), 2026, people))

    return plan


def _nameless(t: Try) -> object:
    return plan_papers(t.ws, PaperRequest((PaperKind.REVIEW,), 2026, (), blank=True))


def _own_copy(t: Try, kind: member_files.MemberFileKind, member_id: str) -> object:
    return member_files.save_member_file(t.ws, member_id, kind, t.book.ws.folder.parent / "khong-co")


_SICK = DatedStatus(StatusKind.SICK, HELD)
_NOWHERE = Path("khong-co") / "danh-sach.xlsx"
_RULES = rule_files.RuleTarget(RuleFileKind.RULE_SET, "2025")
_FINDING = Finding("late_month", "Tháng 3", "Tháng 3 gửi trễ.", "k")
_NAME = CellName("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ THÔN MỚI", "Hòa Sơn")

# Every act, with what is about a pledge, a month or a review first: these are tried in each state.
PLEDGE_CALLS: dict[Act, Callable[[Try], object]] = {
    Act.OPEN_PLEDGE: lambda t: pledges.open_pledge(t.ws, t.pledge_of, 2026),
    Act.READ_PLEDGE_WORDS: _pledge_words,
    Act.SAVE_PLEDGE: lambda t: pledges.save_pledge(t.ws, _items(t)),
    Act.SUBMIT_PLEDGE: lambda t: pledges.submit_pledge(t.ws, _items(t)),
    Act.RETURN_PLEDGE: lambda t: pledges.return_pledge(t.ws, t.pledge_of, 2026, "ghi rõ hơn"),
    Act.PASS_PLEDGE: lambda t: pledges.pass_pledges(t.ws, 2026, [t.pledge_of], HELD),
    Act.REVISE_PLEDGE: _revise,
    Act.SET_OUTCOME: lambda t: pledges.set_outcome(t.ws, t.pledge_of, 2026, _item_id(t), Outcome.DONE, HELD),
}
MONTH_CALLS: dict[Act, Callable[[Try], object]] = {
    Act.OPEN_MONTH: lambda t: months.open_month(t.ws, t.month_of, MONTH),
    Act.READ_MONTH_WORDS: lambda t: months.open_month(t.ws, t.month_of, MONTH).assessment.entries,
    Act.SAVE_MONTH: lambda t: months.save_month(t.ws, _month(t)),
    Act.SUBMIT_MONTH: lambda t: months.submit_month(t.ws, _month(t)),
    Act.COMMENT_MONTH: lambda t: months.comment_month(t.ws, t.month_of, MONTH, "chi bộ ghi nhận", None),
    Act.CONFIRM_MONTH: lambda t: months.confirm_months(t.ws, MONTH, [t.month_of], HELD).count,
    Act.EXCUSE_MONTH: lambda t: months.excuse_month(t.ws, t.month_of, MONTH, "ốm"),
    Act.RETURN_MONTH: lambda t: months.return_month(t.ws, t.month_of, MONTH, "ghi thêm"),
    Act.REOPEN_MONTH: lambda t: months.reopen_month(t.ws, t.month_of, MONTH, "ghi nhầm"),
}
REVIEW_CALLS: dict[Act, Callable[[Try], object]] = {
    Act.OPEN_REVIEW: lambda t: reviews.open_review(t.ws, t.review_of),
    Act.READ_REVIEW_WORDS: _review_words,
    Act.SAVE_REVIEW: lambda t: reviews.save_review(t.ws, _review(t)),
    Act.SUBMIT_REVIEW: lambda t: reviews.submit_review(t.ws, _review(t)),
    Act.SET_GRADE: lambda t: reviews.set_grade(
        t.ws, t.review_of, StageGrade(GradeStage.COMMITTEE, Grade.GOOD, HELD, "họp")
    ),
    Act.CLEAR_GRADE: lambda t: reviews.clear_grade(t.ws, t.review_of, GradeStage.DECIDED),
    Act.CLOSE_REVIEW: lambda t: reviews.close_review(t.ws, t.review_of),
    Act.REOPEN_REVIEW: lambda t: reviews.reopen_review(t.ws, t.review_of, "ghi nhầm"),
}
OTHER_CALLS: dict[Act, Callable[[Try], object]] = {
    Act.LOOK: lambda t: cells.get_cell(t.ws),
    Act.KEEP_DRAFT: lambda t: drafts.store_draft(t.ws, "x", "y", {"a": "b"}),
    Act.OPEN_OWN_DESK: lambda t: own_desk.open_own_desk(t.ws, 2026),
    Act.LIST_MEMBERS: lambda t: [m for m in members.list_members(t.ws) if m.id != t.ws.actor.member_id],
    Act.READ_MEMBER: lambda t: members.get_member(
        t.ws, t.ws.actor.member_id or "" if t.whose == "own" else t.book.pledges["none"]
    ),
    Act.OPEN_MEMBER: lambda t: member_overview.open_member(t.ws, t.book.outsider, 2026),
    Act.KEEP_MEMBER: lambda t: members.save_member(t.ws, a_member(full_name="Hồ Thị Mới")),
    Act.ADD_STATUS: lambda t: members.add_status(t.ws, t.book.outsider, _SICK),
    Act.CHANGE_STATUS: lambda t: members.change_status(t.ws, replace(_SICK, id=t.book.status_id, note="ốm")),
    Act.REMOVE_STATUS: lambda t: members.remove_status(t.ws, t.book.status_id),
    Act.RETURN_MEMBER: lambda t: members.return_member(
        t.ws, t.book.gone, DatedStatus(StatusKind.MOVED_IN, DAY)
    ),
    Act.KEEP_POSTS: lambda t: members.save_posts(
        t.ws, t.book.pledges["none"], [Post(Sphere.PARTY, "", CellRole.COMMITTEE_MEMBER, HELD)]
    ),
    Act.CHOOSE_KINDS: lambda t: members.set_kinds(t.ws, {t.book.outsider: SubjectKind.LEADER}, 2026),
    Act.IMPORT_MEMBERS: lambda t: member_import.preview_member_import(t.ws, _NOWHERE),
    Act.READ_DISCIPLINE: lambda t: disciplines.list_disciplines(t.ws, t.book.people.plain),
    Act.ADD_DISCIPLINE: _kept("add_discipline"),
    Act.CHANGE_DISCIPLINE: lambda t: disciplines.change_discipline(
        t.ws, replace(t.kept.discipline(t.kept.discipline_id), remedied=True)
    ),
    Act.REMOVE_DISCIPLINE: _kept("remove_discipline"),
    Act.COPY_MEMBER_DATA: lambda t: _own_copy(
        t,
        member_files.MemberFileKind.OWN_COPY,
        t.ws.actor.member_id or "" if t.whose == "own" else t.book.people.plain,
    ),
    Act.TRANSFER_MEMBER: lambda t: _own_copy(t, member_files.MemberFileKind.TRANSFER, t.book.people.plain),
    Act.LIST_PLEDGES: lambda t: pledges.list_pledges(t.ws, 2026),
    Act.READ_BOARD: lambda t: months.month_board(t.ws, 2026),
    Act.READ_MONTHS_TO_CONFIRM: lambda t: months.months_to_confirm(t.ws, MONTH),
    Act.LIST_REVIEWS: lambda t: [
        line for line in reviews.list_reviews(t.ws, 2026) if line.member.id != t.ws.actor.member_id
    ],
    Act.SCORE_FOR_CELL: _cells_cases,
    Act.READ_QUARTERS: lambda t: quarters.list_quarters(t.ws, 2026),
    Act.LEAVE_UNRATED: _kept("leave_unrated"),
    Act.OPEN_COLLECTIVES: lambda t: collectives.open_collectives(t.ws, 2026),
    Act.NOTE_DRAFT_SENT: _kept("note_draft_sent"),
    Act.OPEN_YEAR_END: lambda t: year_end_steps.open_year_end(t.ws, 2026),
    Act.READ_DUTIES: lambda t: eligibility.list_duties(t.ws, 2026),
    Act.OVERRULE_DUTY: _kept("overrule_duty"),
    Act.READ_OPINIONS: lambda t: opinions.list_opinions(t.ws, 2026),
    Act.REQUEST_OPINIONS: _kept("request_opinions"),
    Act.ENTER_OPINION: lambda t: opinions.enter_opinion(
        t.ws, replace(t.kept.opinion, received_on=DAY, content="tốt")
    ),
    Act.EXCUSE_OPINION: lambda t: opinions.excuse_opinion(t.ws, t.kept.opinion, "xa"),
    Act.TAKE_BACK_OPINION: _kept("take_back_opinion"),
    Act.READ_RAISED_POINTS: lambda t: raised_points.list_raised_points(t.ws, 2026),
    Act.RAISE_POINT: _kept("save_raised_point"),
    Act.REMOVE_POINT: _kept("remove_raised_point"),
    Act.READ_APPRAISALS: lambda t: appraisal.list_appraisals(t.ws, 2026),
    Act.APPRAISE: _kept("set_committee_view"),
    Act.READ_CAP: lambda t: cap_settings.read_cap(t.ws, 2026),
    Act.CHANGE_CAP: _kept("save_cap"),
    Act.GROUP_FOR_CAP: _kept("assign_cap_groups"),
    Act.READ_GRADES: lambda t: grade_table.list_grades(t.ws, 2026),
    Act.PROPOSE: _kept("propose_all"),
    Act.ENTER_DECISIONS: _kept("enter_decisions"),
    Act.RESTORE_GRADES: _kept("restore_grades"),
    Act.NOTIFY: _kept("notify"),
    Act.RERATE: lambda t: reratings.rerate(t.ws, t.kept.key, Grade.UNSATISFACTORY, "QĐ 9", HELD, "sai"),
    Act.TAKE_BACK_RERATING: _kept("take_back_rerating"),
    Act.NOTE_COMPLAINT: _kept("note_complaint"),
    Act.ANSWER_COMPLAINT: lambda t: reratings.answer_complaint(
        t.ws, t.kept.key, replace(t.kept.complaint, version=1), DAY, "giữ nguyên"
    ),
    Act.REMOVE_COMPLAINT: _kept("remove_complaint"),
    Act.READ_STATISTICS: lambda t: statistics.read_statistics(t.ws, [2026]),
    Act.READ_YEAR_FILES: lambda t: year_end_steps.list_year_files(t.ws, 2026),
    Act.READ_OPEN_ITEMS: lambda t: year_closing.year_open_items(t.ws, 2026),
    Act.CLOSE_YEAR: lambda t: year_closing.close_year(
        t.ws, 2026, DAY, year_closing.year_open_items(t.book.ws, 2026)
    ),
    Act.REOPEN_YEAR: lambda t: year_closing.reopen_year(t.ws, 2026, "ghi nhầm"),
    Act.READ_MEETINGS: lambda t: meetings.list_meetings(t.ws, 2026),
    Act.OPEN_MEETING: lambda t: meetings.open_meeting(t.ws, t.kept.meeting.id),
    Act.KEEP_MEETING: lambda t: meetings.save_meeting(t.ws, replace(t.kept.meeting, place="nhà văn hóa")),
    Act.DELETE_MEETING: lambda t: meetings.delete_meeting(t.ws, t.book.spare_meeting),
    Act.RESTORE_MEETING: lambda t: meetings.restore_meeting(t.ws, t.book.deleted_meeting),
    Act.READ_VOTES: lambda t: votes.open_votes(t.ws, t.kept.meeting.id),
    Act.CHOOSE_VOTING: _kept("set_voting"),
    Act.ADD_ROUND: _kept("add_round"),
    Act.DELETE_ROUND: _kept("delete_last_round"),
    Act.KEEP_VOTES: _kept("save_round"),
    Act.RECORD_RESULTS: _kept("record_results"),
    Act.PRINT_SHEETS: lambda t: _nameless(t) if t.whose == "cell" else _prints(PaperKind.REVIEW)(t),
    Act.PRINT_YEAR_END: lambda t: _nameless(t) if t.whose == "cell" else _prints(PaperKind.NOTICE)(t),
    Act.PRINT_OF_CELL: _prints(PaperKind.MATRIX),
    Act.READ_DOCUMENTS: lambda t: issued_documents.open_document_book(t.ws),
    Act.GIVE_NUMBER: _kept("give_number"),
    Act.CHANGE_DOCUMENT: _kept("change_document"),
    Act.TAKE_BACK_NUMBER: _kept("take_back"),
    Act.KEEP_TERM: lambda t: issued_documents.save_term(
        t.ws, CellTerm("2028–2030", date(2028, 1, 1), date(2030, 12, 31))
    ),
    Act.REMOVE_TERM: lambda t: issued_documents.remove_term(t.ws, t.book.spare_term),
    Act.CHANGE_SETTINGS: lambda t: cells.save_settings(
        t.ws, 7, LevelScale.FOUR, "", cells.get_cell(t.book.ws).version
    ),
    Act.CHANGE_NAME: lambda t: cells.save_name(t.ws, _NAME),
    Act.CHANGE_CONTENT: lambda t: content_sets.save_own_set(t.ws, "CB.2", "Bộ khác", "NQ 2", ("Hai",)),
    Act.REMOVE_CONTENT: lambda t: content_sets.remove_own_set(t.ws, "CB1"),
    Act.KEEP_RULES: lambda t: rule_files.keep_rule_file(t.ws, t.book.rule_view, 2028),
    Act.DROP_RULES: lambda t: rule_files.stop_using(t.ws, t.book.rule_file),
    Act.CORRECT_RULES: _correct,
    Act.BUNDLE_RULES: lambda t: rule_files.save_bundle(
        t.ws,
        [rule_files.RuleTarget(RuleFileKind.RULE_SET, "2025")],
        2026,
        t.book.ws.folder.parent / "goi.zip",
    ),
    Act.MANAGE_KEYS: lambda t: key_holders.list_holders(t.ws),
    Act.CHANGE_OWN_PASSWORD: lambda t: key_holders.own_holder(t.ws) or "none of one's own",
    Act.MANAGE_ACCOUNTS: lambda t: accounts.list_accounts(t.ws),
    Act.READ_HISTORY: lambda t: history.list_actions(t.ws, 20),
    Act.BACK_UP: lambda t: backup_list.list_backups(t.ws) or "none yet",
    Act.CHECK_BOOK: lambda t: health.check_book(t.ws),
    Act.IGNORE_FINDING: lambda t: health.ignore_finding(
        t.ws, Finding("late_month", "Tháng 3", "Tháng 3 gửi trễ.", "k")
    ),
}
OTHER_CALLS |= {
    Act.READ_BIN: lambda t: deleted_records.list_deleted(t.ws),
    Act.RESTORE_DELETED: _put_back,
    Act.PACK_BOOK: lambda t: books.pack_book(t.ws, t.book.ws.folder.parent / "chep.neuguong.zip"),
    Act.SUPPORT_BUNDLE: lambda t: support_bundle.support_parts(t.ws, {}),
}
CALLS = {**PLEDGE_CALLS, **MONTH_CALLS, **REVIEW_CALLS, **OTHER_CALLS}
