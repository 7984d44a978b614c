"""Sections 3 and 8 of key-format.md, for key-format.py: strict JSON, values, images.

A reader takes a JSON item (an object is a tuple of pairs) and its path; it returns what the item means: a plain Python
value, or Tagged for what CBOR writes with a tag.
"""
import base64, collections, datetime, json, math, re

Tagged = collections.namedtuple("Tagged", "tag item")

class Refused(Exception):
    """Its arguments are the path and the reason."""

def need(condition, path, reason, result=None):
    if not condition:
        raise Refused(path[1:], reason)  # paths are built as ".a.b[3]"
    return result

def not_json(what):
    raise Refused("", f"not JSON: {what}")

def parse(data):
    try:
        return json.loads(data if isinstance(data, str) else data.decode("utf-8"), object_pairs_hook=tuple,
                          parse_constant=not_json)
    except ValueError as error:
        not_json(error)

def text(item, path):
    need(isinstance(item, str), path, "not a text")
    return need(not re.search("[\ud800-\udfff]", item), path, "lone surrogate", item)

def word(item, path):
    return need(text(item, path), path, "empty text", item)

def matching(pattern, called):
    return lambda item, path: re.fullmatch(pattern, text(item, path), re.A) or need(False, path, "not " + called)

def list_of(read):
    return lambda item, path: [read(x, f"{path}[{i}]")
                               for i, x in enumerate(need(isinstance(item, list), path, "not a list", item))]

def members(item, path):
    names = [text(name, path) for name, _ in need(isinstance(item, tuple), path, "not an object", item)]
    for name, times in collections.Counter(names).items():
        need(times == 1, f"{path}.{name}", "duplicate key")
    return dict(item)

def map_of(read):
    return lambda item, path: {need(name, path, "empty name", name): read(x, f"{path}.{name}")
                               for name, x in members(item, path).items()}

def fields(required="", **readers):
    def read(item, path):
        given = members(item, path)
        for name in given:
            need(name in readers, f"{path}.{name}", "unknown field")
        for name in required.split():
            need(name in given, f"{path}.{name}", "missing")
        return {name: readers[name](given[name], f"{path}.{name}") for name in readers if name in given}
    return read

def check_depth(item, depth, path):
    return need(depth(item) <= 1000, path, "too deep", item)

# ---- values
def value(item, path):
    return check_depth(value_of_any_depth(item, path), value_depth, path)

def value_of_any_depth(item, path):
    if isinstance(item, (str, list)):
        return text(item, path) if isinstance(item, str) else list_of(value_of_any_depth)(item, path)
    if not isinstance(item, tuple):
        return need(item not in (math.inf, -math.inf), path, "number too large", item)
    if len(item) == 1 and item[0][0] in FORMS:
        return fields(**FORMS)(item, path)[item[0][0]]
    for name, _ in item:
        need(name[:1] != "$" or name[:2] == "$$", path, "unknown form, or a key that begins with a single $")
    return {name[name[:1] == "$":]: value_of_any_depth(x, f"{path}.{name}") for name, x in members(item, path).items()}

def value_depth(v):
    if isinstance(v, Tagged):  # an artifact with metadata has four elements
        return 1 + value_depth(v.item[3]) if v.tag == 27 and len(v.item) == 4 else 0
    inner = v.values() if isinstance(v, dict) else v if isinstance(v, list) else None
    return 0 if inner is None else 1 + max([value_depth(x) for x in inner], default=0)

def decimal(item, path):
    sign, whole, fraction, e = matching(r"(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?", "a decimal")(item, path).groups("")
    digits = (whole + fraction).rstrip("0")
    exponent = int(e or 0) + len(whole) - len(digits) if digits else 0
    need(abs(exponent) <= 999_999_999, path, "exponent out of range")
    return Tagged(4, [exponent, int(sign + digits) if digits else 0])

def octets(item, path):
    digit = "[A-Za-z0-9+/]"
    decoded = base64.b64decode(matching(f"({digit}{{4}})*({digit}{{2}}==|{digit}{{3}}=)?", "base64")(item, path)[0])
    return need(base64.b64encode(decoded).decode() == item, path, "not base64: unused bits", decoded)

def timestamp(item, path):
    *local, fraction, sign, hours, minutes = matching(
        r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))",
        "a timestamp")(item, path).groups("")
    year, *others = map(int, local)
    moved = 400 if year < 5000 else -400  # the calendar repeats every 400 years, and datetime has no year 0
    try:
        moment = datetime.datetime(year + moved, *others)
    except ValueError:
        need(False, path, "not a timestamp: no such date or time")
    moment -= int(sign + "1") * datetime.timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    need(0 <= moment.year - moved <= 9999, path, "year out of range")
    return Tagged(0, f"{moment.year - moved:04}-{moment:%m-%dT%H:%M:%S}{fraction.rstrip('0').rstrip('.')}Z")

def digest(item, path):
    pattern = "sha256:[0-9a-f]{64}|(?!sha256:)[a-z0-9]+([+._-][a-z0-9]+)*:[A-Za-z0-9=_-]+"
    return matching(pattern, "a digest")(item, path)[0]

def metadata(item, path):
    return members(item, path) and need(isinstance(v := value_of_any_depth(item, path), dict), path, "not a map", v)

def artifact(item, path):
    got = fields("type", type=word, digest=digest, uri=word, metadata=metadata)(item, path)
    known = got.get("digest", got.get("uri"))
    need(known or got.get("metadata"), path, "one of digest, uri and metadata must be there")
    kind = "artifact" if "digest" in got or "uri" not in got else "artifact-at"
    return Tagged(27, [kind, got["type"], known] + ([got["metadata"]] if got.get("metadata") else []))

def secret(item, path):
    return Tagged(27, ["secret", *fields("name version", name=word, version=word)(item, path).values()])

FORMS = {"$float": lambda item, path: float(matching("NaN|-?Infinity", "NaN or an infinity")(item, path)[0]),
         "$decimal": decimal, "$bytes": octets, "$timestamp": timestamp, "$secret": secret, "$artifact": artifact}

# ---- images
def image(item, path):
    if isinstance(item, tuple):
        return Tagged(27, ["image-tag", fields("tag", tag=word)(item, path)["tag"]])
    repository, at, found = word(item, path).rpartition("@")
    resolved = repository if at else re.fullmatch("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}", item)
    return digest(need(resolved, path, "no repository" if at else "tag not resolved", found), path)
