"""Họp chi bộ: the year's meetings, one meeting's record, counting its votes."""
