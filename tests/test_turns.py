"""Places are given to clients in turn and in the order of coming, to no more than there are, and to nobody who has gone."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from server.sparql import turns as turns_module
from server.sparql.failures import BusyError
from server.sparql.turns import Turns


def _until(waiting: int, turns: Turns) -> None:
    while turns.waiting != waiting:
        time.sleep(0.001)


def test_those_who_wait_are_served_in_the_order_in_which_they_came() -> None:
    turns, served = Turns(1, 10, 60), list[int]()

    def wait(place: int) -> None:
        with turns.taken():
            served.append(place)

    threads = [threading.Thread(target=wait, args=(place,)) for place in range(6)]
    with turns.taken():
        for place, thread in enumerate(threads, 1):
            thread.start()
            _until(place, turns)
    for thread in threads:
        thread.join()
    assert served == list(range(6)) and (turns.free, turns.waiting) == (1, 0)


def test_a_client_with_one_request_is_served_before_the_many_of_a_client_that_has_had_its_turn() -> None:
    turns, served = Turns(1, 10, 60), list[str]()

    def wait(client: str) -> None:
        with turns.taken(client):
            served.append(client)

    threads = [threading.Thread(target=wait, args=(client,)) for client in ("greedy", "greedy", "greedy", "polite")]
    with turns.taken("greedy"):
        for place, thread in enumerate(threads, 1):
            thread.start()
            _until(place, turns)
    for thread in threads:
        thread.join()
    assert served == ["polite", "greedy", "greedy", "greedy"]


def test_nothing_is_kept_of_a_client_that_has_gone() -> None:
    turns = Turns(1, 5, 0.01)
    with turns.taken("first"), pytest.raises(BusyError), turns.taken("second"):
        pass
    assert (turns._last, turns._having) == ({}, {})


def test_no_more_wait_than_may() -> None:
    turns = Turns(1, 0, 60)
    with turns.taken(), pytest.raises(BusyError), turns.taken():
        pass
    with turns.taken():
        assert turns.free == 0


def test_whose_patience_ends_is_turned_away_and_gets_no_place_afterwards() -> None:
    turns = Turns(1, 5, 0.01)
    with turns.taken():
        with pytest.raises(BusyError), turns.taken():
            pass
        assert turns.waiting == 0
    assert turns.free == 1


def test_a_place_is_free_again_after_a_failure() -> None:
    turns = Turns(1, 5, 0.01)
    with pytest.raises(ZeroDivisionError), turns.taken():
        raise ZeroDivisionError
    assert turns.free == 1


def test_under_a_crowd_with_little_patience_never_more_have_a_place_and_none_is_lost() -> None:
    turns, inside, most = Turns(3, 4, 0.002), list[int](), list[int]()

    def come(number: int) -> bool:
        try:
            with turns.taken():
                inside.append(number)
                most.append(len(inside))
                time.sleep(0.001)
                inside.remove(number)
            return True
        except BusyError:
            return False

    with ThreadPoolExecutor(16) as pool:
        served = list(pool.map(come, range(400)))
    assert max(most) <= 3 and any(served) and (turns.free, turns.waiting) == (3, 0)


def test_one_client_never_has_the_last_place_and_is_given_its_next_one_when_one_of_its_own_ends() -> None:
    turns, served = Turns(3, 10, 60), list[str]()

    def third() -> None:
        with turns.taken("greedy"):
            served.append("greedy")

    thread = threading.Thread(target=third)
    with turns.taken("greedy"):
        with turns.taken("greedy"):
            thread.start()
            _until(1, turns)
            with turns.taken("polite"):
                served.append("polite")
            assert (served, turns.waiting) == (["polite"], 1)
        thread.join()
    assert (served, turns.free, turns.waiting) == (["polite", "greedy"], 3, 0)


def test_one_client_never_takes_the_last_place_to_wait_in() -> None:
    turns = Turns(1, 2, 60)

    def wait(client: str) -> None:
        with turns.taken(client):
            pass

    threads = [threading.Thread(target=wait, args=(client,)) for client in ("greedy", "polite")]
    with turns.taken("greedy"):
        threads[0].start()
        _until(1, turns)
        with pytest.raises(BusyError), turns.taken("greedy"):
            pass
        threads[1].start()
        _until(2, turns)
    for thread in threads:
        thread.join()
    assert turns.free == 1


def test_all_whose_work_took_much_never_have_the_last_one_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_module, "FREELY", 0.0)
    turns, served = Turns(2, 10, 60), list[str]()
    for client in ("one", "other"):
        turns._use.add(client, turns_module.HEAVY + 1)

    def come() -> None:
        with turns.taken("other"):
            served.append("other")

    thread = threading.Thread(target=come)
    with turns.taken("one"):
        thread.start()
        _until(1, turns)
        with turns.taken("polite"):
            served.append("polite")
    thread.join()
    assert (served, turns.free) == (["polite", "other"], 2)


def test_those_together_have_no_more_than_half_of_the_places_to_wait_in(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns(1, 4, 60)
    for client in ("second", "third", "fourth"):
        turns._use.add(client, turns_module.HEAVY * 10)

    def wait(client: str) -> None:
        with turns.taken(client):
            pass

    threads = [threading.Thread(target=wait, args=(client,)) for client in ("second", "third")]
    with turns.taken("first"):
        for place, thread in enumerate(threads, 1):
            thread.start()
            _until(place, turns)
        with pytest.raises(BusyError), turns.taken("fourth"):
            pass
    for thread in threads:
        thread.join()
    assert turns.free == 1


def test_who_has_taken_much_has_taken_little_again_when_some_time_has_gone_by(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [0.0]
    monkeypatch.setattr(turns_module.time, "monotonic", lambda: moment[0])
    use = turns_module._Use()
    use.add("one", turns_module.HEAVY + 1)
    assert use.is_heavy("one")
    moment[0] += 1.1 / turns_module.FREELY
    assert not use.is_heavy("one")
    moment[0] += turns_module.HEAVY / turns_module.FREELY
    use.add("other", 1.0)
    assert set(use._taken) == {"other"}  # nothing is kept of who has taken little of late


def test_work_of_the_web_process_is_charged_from_the_first_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [0.0]
    monkeypatch.setattr(turns_module.time, "monotonic", lambda: moment[0])
    for own in (False, True):
        turns = Turns(2, 10, 60, own=own)
        for _ in range(20):
            with turns.taken("one"):
                moment[0] += turns_module.SHORT * 0.9
        assert turns.is_heavy("one") == own


def test_the_place_of_one_whose_work_took_much_rests_where_it_is_the_web_process_s_own() -> None:
    turns = Turns(2, 10, 60, own=True)
    turns._use.add("one", turns_module.HEAVY * 10)
    with turns.taken("one"):
        time.sleep(0.2)
    assert turns.free == 1
    with turns.taken("polite"), turns.taken("one"):  # which comes when it has rested
        assert turns.free == 0


def test_the_server_itself_may_have_every_place() -> None:
    turns = Turns(2, 0, 60)
    with turns.taken(), turns.taken():
        assert turns.free == 0
