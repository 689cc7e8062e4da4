"""From what a cell or a labelled value shows to what it means. What cannot be told is None, never a guess."""

from __future__ import annotations

from page_objects.reading.addresses import addresses_in as addresses_in
from page_objects.reading.addresses import addresses_listed as addresses_listed
from page_objects.reading.addresses import addresses_of as addresses_of
from page_objects.reading.addresses import name_before_address as name_before_address
from page_objects.reading.addresses import names_listed as names_listed
from page_objects.reading.groups import groups_in as groups_in
from page_objects.reading.groups import groups_of as groups_of
from page_objects.reading.groups import groups_text_of as groups_text_of
from page_objects.reading.groups import is_among as is_among
from page_objects.reading.groups import made_of_several as made_of_several
from page_objects.reading.groups import names_offered as names_offered
from page_objects.reading.groups import names_typed as names_typed
from page_objects.reading.groups import pieces_of as pieces_of
from page_objects.reading.groups import says_kinds as says_kinds
from page_objects.reading.groups import separator_in as separator_in
from page_objects.reading.groups import stands_among as stands_among
from page_objects.reading.groups import without_kind as without_kind
from page_objects.reading.moments import moment_of as moment_of
from page_objects.reading.moments import span_of as span_of
from page_objects.reading.numbers import pool_name as pool_name
from page_objects.reading.numbers import seats_of as seats_of
from page_objects.reading.numbers import shown_of as shown_of
from page_objects.reading.numbers import total_of as total_of
from page_objects.reading.standing import Standing as Standing
from page_objects.reading.standing import role_of as role_of
from page_objects.reading.standing import standing_of as standing_of
from page_objects.reading.standing import status_of as status_of
from page_objects.reading.texts import count_of as count_of
from page_objects.reading.texts import names_of as names_of
from page_objects.reading.texts import plain as plain
from page_objects.reading.texts import says_no_name as says_no_name
