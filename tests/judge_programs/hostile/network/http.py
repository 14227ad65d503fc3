import urllib.request

try:
    print(urllib.request.urlopen("http://127.0.0.1:@port@/", timeout=2).read())
except OSError:
    print("refused")
