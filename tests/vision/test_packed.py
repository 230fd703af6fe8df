import pickle

from vision.packed import Packed, Packer, unpacked
from vision.types import VisionLook

GIVEN = {"yaw_deg": 0.1 + 0.2, "people": 1.0, "luma": -0.0}


def look(features: dict[str, float]) -> VisionLook:
    return VisionLook(1.0, face_looked=True, body_looked=False, features=features, missing={})


def test_the_numbers_are_the_same_to_the_last_bit() -> None:
    packed = Packer().pack(look(GIVEN))
    assert dict(packed.features) == GIVEN
    assert list(packed.features) == list(GIVEN)
    assert packed.features.get("pitch_deg") is None
    assert "yaw_deg" in packed.features
    assert packed.t == 1.0


def test_it_travels_to_another_process() -> None:
    packer = Packer()
    looks = [packer.pack(look(GIVEN)), packer.pack(look({"people": 2.0}))]
    back = pickle.loads(pickle.dumps(looks))  # noqa: S301 - our own, made a line above
    assert [dict(one.features) for one in back] == [GIVEN, {"people": 2.0}]


def test_names_are_kept_once() -> None:
    packer = Packer()
    alone, whole = [
        len(pickle.dumps([packer.pack(look(GIVEN)) for _ in range(count)])) for count in (1, 100)
    ]
    assert whole < alone + 100 * 130
    assert isinstance(packer.pack(look(GIVEN)).features, Packed)


def test_unpacked_it_is_the_dictionary_that_was_given() -> None:
    packed = Packer().pack(look(GIVEN))
    assert unpacked(packed.features) == GIVEN
    assert isinstance(unpacked(packed.features), dict)
    assert unpacked(GIVEN) is GIVEN
