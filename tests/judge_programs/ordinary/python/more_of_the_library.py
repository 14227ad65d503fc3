import argparse
import base64
import concurrent.futures
import contextlib
import csv
import ctypes
import doctest
import glob
import gzip
import hashlib
import inspect
import io
import locale
import logging
import os
import pathlib
import platform
import pprint
import secrets
import shutil
import signal
import socket
import sqlite3
import struct
import tempfile
import time
import traceback
import unittest
import urllib.parse
import uuid
import zlib
from abc import ABC, abstractmethod
from contextlib import redirect_stdout

logging.basicConfig(level=logging.INFO)
logging.info("begins")
with tempfile.TemporaryFile("w+") as file:
    csv.writer(file).writerow([1, "a,b"])
    file.seek(0)
    print(next(csv.reader(file)))
with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "x.txt").write_text("ক", encoding="utf-8")
    print(len(glob.glob(folder + "/*")), os.path.getsize(os.path.join(folder, "x.txt")))
    shutil.copy(folder + "/x.txt", folder + "/y.txt")
database = sqlite3.connect(":memory:")
print(database.execute("select 1 + 1").fetchone(), hashlib.md5(b"x").hexdigest()[:6])
print(zlib.decompress(zlib.compress(b"z")), struct.pack("<i", 5), len(uuid.uuid4().hex))
print(len(secrets.token_hex(4)), platform.system(), os.cpu_count() > 0, time.localtime(0).tm_year)
with redirect_stdout(io.StringIO()) as caught:
    pprint.pprint({"a": 1})
print(caught.getvalue().strip(), base64.b64encode(b"hi").decode(), urllib.parse.quote("ক"))


class Shape(ABC):
    @abstractmethod
    def area(self): ...


try:
    Shape()
except TypeError as error:
    print(type(error).__name__, inspect.isabstract(Shape))
signal.signal(signal.SIGALRM, lambda *_: print("alarm"))
signal.setitimer(signal.ITIMER_REAL, 0.01)
time.sleep(0.05)
