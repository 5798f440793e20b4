"""The keys of a book: what they cost, and that a slot gives its data key to its own secret alone."""

import time
from dataclasses import replace
from datetime import datetime
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.db import key_file, key_slots
from app.db.key_slots import KdfCost, KeyRing
from app.domain.errors import WrongSecret
from app.domain.passwords import DEMO_PASSWORD
from app.services.keys import NewKeys, another_slot, calibrated_cost, demo_keys, new_keys, unlock

PHRASE, OTHER = "trâu ra bờ giếng", "hạt gạo làng ta"


@pytest.fixture(scope="module")
def keys() -> NewKeys:
    return new_keys(PHRASE, datetime(2026, 3, 20, 8, 0), KdfCost())


def test_the_cost_is_never_under_64_mib_and_grows_with_the_pc() -> None:
    cost = calibrated_cost()

    assert cost.memory_kib == 64 * 1024
    assert 3 <= cost.passes <= 60


def test_deriving_leaves_other_threads_running() -> None:
    counted = 0
    worker = Thread(target=key_slots.derive, args=("x", bytes(16), KdfCost(passes=6)))
    worker.start()
    while worker.is_alive():
        counted += 1
        time.sleep(0.001)

    assert counted > 20


def test_a_new_data_key_reaches_every_slot_without_a_password(keys: NewKeys) -> None:
    new, old = key_slots.new_data_key(), keys.data_key

    both = keys.ring.sealing((new, old))
    done = both.sealing((new,))

    assert unlock(both, PHRASE).data_keys == (new, old)
    assert unlock(done, PHRASE).data_keys == unlock(done, keys.recovery_code).data_keys == (new,)
    assert keys.ring.edition < both.edition < done.edition


def test_slots_of_one_book_share_a_derivation_and_still_open_by_their_own_secret(keys: NewKeys) -> None:
    slot = another_slot(keys.ring, key_slots.SlotKind.PASSWORD, OTHER, keys.data_key, "2026-05-01 08:00:00")
    ring = keys.ring.with_slot(slot)
    key_slots.forget_derived()

    assert {(each.salt, each.cost) for each in ring.slots} == {(slot.salt, slot.cost)}
    assert unlock(ring, OTHER).slot_id == slot.id
    assert unlock(ring, PHRASE).slot_id == keys.slot_id


def test_a_slot_with_its_kind_or_cost_altered_opens_no_more(keys: NewKeys) -> None:
    slot = keys.ring.slots[0]
    for altered in (
        replace(slot, made_at="2020-01-01 00:00:00"),
        replace(slot, cost=KdfCost(passes=2)),
        replace(slot, id="0" * 32),
    ):
        with pytest.raises(WrongSecret):
            unlock(KeyRing(keys.ring.book_id, (altered,)), PHRASE)


def test_everybody_opens_the_sample(keys: NewKeys) -> None:
    assert unlock(demo_keys().ring, DEMO_PASSWORD).data_keys == (demo_keys().data_key,)
    with pytest.raises(WrongSecret):
        unlock(keys.ring, DEMO_PASSWORD)


def test_what_a_file_holds_is_read_back(keys: NewKeys) -> None:
    assert key_file.keys_of_text(key_file.keys_text(keys.ring)) == keys.ring


@settings(max_examples=300)
@given(place=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255))
def test_one_wrong_byte_anywhere_in_a_key_file_is_found(keys: NewKeys, place: float, change: int) -> None:
    content = bytearray(key_file.keys_text(keys.ring))
    content[int(place * len(content))] ^= change

    assert key_file.keys_of_text(bytes(content)) is None


@given(st.binary(max_size=300))
def test_any_bytes_at_all_are_no_key_file(content: bytes) -> None:
    assert key_file.keys_of_text(content) is None
