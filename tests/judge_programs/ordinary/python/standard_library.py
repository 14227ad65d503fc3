import array
import bisect
import calendar
import cmath
import collections
import copy
import datetime
import decimal
import fractions
import functools
import heapq
import itertools
import json
import math
import operator
import queue
import random
import re
import statistics
import string
import textwrap
import typing

random.seed(1)
heap = [5, 1, 4]
heapq.heapify(heap)
print(heapq.heappop(heap), math.gcd(12, 18), bisect.bisect([1, 2, 3], 2))
print(collections.Counter("banana").most_common(1), fractions.Fraction(1, 3) + 1)
print(statistics.mean([1, 2, 3]), decimal.Decimal("0.1") + 1, re.findall(r"\d+", "a1b22"))
print(json.dumps({"a": [1, 2]}), datetime.date(2024, 2, 29).isoweekday(), copy.copy([1]))
