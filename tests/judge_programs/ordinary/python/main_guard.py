import pickle
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, get_type_hints


class Colour(Enum):
    RED = 1


class Pair(NamedTuple):
    left: "Point"
    right: int


@dataclass
class Point:
    x: int
    y: "Colour"


def main():
    point = pickle.loads(pickle.dumps(Point(3, Colour.RED)))
    print(point.x, point.y.name, get_type_hints(Point)["y"] is Colour, get_type_hints(Pair)["left"] is Point)
    import __main__

    print(__main__.main is main, __name__, Point.__module__)


if __name__ == "__main__":
    main()
