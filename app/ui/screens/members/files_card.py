"""What a member may be handed of their own: a copy of their data, the file of one who leaves."""

from functools import partial

from app.domain.member import Member
from app.services.member_files import MemberFileKind
from app.ui.member_file_saving import MemberFileSaving
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, FlowLayout


class FilesCard(Card):
    """Two folders to be written where the person says."""

    def __init__(self, saving: MemberFileSaving) -> None:
        super().__init__(spacing=8)
        self._member_id = ""
        self.body.addWidget(Label("Giao cho đảng viên", "h3"))
        words = "Giấy tờ và dữ liệu của riêng đảng viên này, lưu ra một thư mục không có khóa."
        self.body.addWidget(Label(words, "cap", "ink2"))
        self.copy_button = make_button("outlined", "Bản trích dữ liệu…", "file-down")
        self.transfer_button = make_button("outlined", "Hồ sơ chuyển sinh hoạt…", "file-output")
        row = FlowLayout(spacing=8)
        kinds = ((self.copy_button, MemberFileKind.OWN_COPY), (self.transfer_button, MemberFileKind.TRANSFER))
        for button, kind in kinds:
            button.clicked.connect(partial(self._save, saving, kind))
            row.addWidget(button)
        self.body.addLayout(row)

    def show_member(self, member: Member) -> None:
        """Whose folder it will be."""
        self._member_id = member.id

    def _save(self, saving: MemberFileSaving, kind: MemberFileKind) -> None:
        saving.save(self._member_id, kind)
