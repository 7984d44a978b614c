"""Keys of the format taskcache/1, from key-format.md alone (Python 3.7+); refuses only some of the bad requests.

    key-format.py VECTORS.json    recompute golden vectors; exit status 1 if one differs, or there is none
    key-format.py REQUEST.json    print the key and the documents (hex) of one request
"""
import base64, collections, contextlib, datetime, hashlib, json, pathlib, re, struct, sys

Tagged = collections.namedtuple("Tagged", "tag item")  # what CBOR writes with a tag

def need(condition, reason):
    if not condition:
        raise SystemExit(reason)

# ---- sections 2 and 3: CBOR
def head(major, n):
    length = (n.bit_length() + 7) // 8
    if length > 8:
        return head(6, 2 + major) + encode(n.to_bytes(length, "big"))
    if n < 24:
        return bytes([major << 5 | n])
    size = (length - 1).bit_length()  # 0 to 3, for 1, 2, 4 or 8 bytes
    return bytes([major << 5 | 24 + size]) + n.to_bytes(1 << size, "big")
def encode_float(number):
    for initial, form in ((b"\xf9", ">e"), (b"\xfa", ">f"), (b"\xfb", ">d")):
        with contextlib.suppress(OverflowError):  # too large for this form
            packed = struct.pack(form, number)
            if struct.unpack(form, packed)[0] == number or number != number:  # NaN differs from itself
                return initial + packed
def encode(item):
    return ENCODERS[type(item)](item)
ENCODERS = {
    type(None): lambda item: b"\xf6",
    bool: lambda item: head(7, 20 + item),
    int: lambda item: head(0, item) if item >= 0 else head(1, -1 - item),
    float: encode_float,
    bytes: lambda item: head(2, len(item)) + item,
    str: lambda item: head(3, len(item.encode())) + item.encode(),
    list: lambda item: head(4, len(item)) + b"".join([encode(x) for x in item]),
    dict: lambda item: head(5, len(item)) + b"".join(sorted([encode(k) + encode(item[k]) for k in item])),
    Tagged: lambda item: head(6, item.tag) + encode(item.item)}

# ---- sections 5 and 8: values
def value(item, t="any"):
    """What a JSON item means, brought to its declared type."""
    kind, inner = [*t.items()][0] if isinstance(t, dict) else (t, None)
    if kind == "optional":
        return value(item, inner)
    if isinstance(item, list):
        return [value(x, inner or "any") for x in item]
    if isinstance(item, dict):
        for form in item.keys() & FORMS.keys():
            return FORMS[form](item[form])
        named = {name[1:] if name.startswith("$") else name: x for name, x in item.items()}
        return {k: value(x, inner[k] if kind == "record" else inner or "any") for k, x in named.items()}
    return {"int": int, "float64": float}.get(kind, type(item))(item) if type(item) in (int, float) else item
def decimal(item):
    sign, whole, fraction, e = re.fullmatch(r"(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?", item).groups("")
    digits = (whole + fraction).rstrip("0")
    return Tagged(4, [int(e or 0) + len(whole) - len(digits), int(sign + digits)] if digits else [0, 0])
def timestamp(item):
    year, rest, fraction, offset = re.fullmatch(r"(\d{4})(.{15})(\.\d+)?(?:Z|([+-].{5}))", item).groups("")
    moved = 2000 if year < "5000" else -2000  # a multiple of the calendar's 400 years; datetime has no year 0
    local = datetime.datetime.fromisoformat(f"{int(year) + moved}{rest}{offset or '+00:00'}")
    utc = local - local.utcoffset()
    return Tagged(0, f"{utc.year - moved:04}-{utc:%m-%dT%H:%M:%S}{fraction.rstrip('0').rstrip('.')}Z")
def artifact(type, digest=None, uri=None, metadata=None):
    kind = "artifact-at" if uri and not digest else "artifact"
    return Tagged(27, [kind, type, digest or uri] + ([value(metadata)] if metadata else []))
FORMS = {"$float": float, "$decimal": decimal, "$bytes": base64.b64decode, "$timestamp": timestamp,
         "$secret": lambda item: Tagged(27, ["secret", item["name"], item["version"]]),
         "$artifact": lambda item: artifact(**item)}

# ---- sections 4 to 7: the documents and the key
def component_document(name="", label="", image="", command=(), args=(), env=(), platform={}, inputs={}):
    need(name or command, "a component with neither name nor command")
    fields = {"name": name, "command": command, "args": args,
              "env": [entry for i, entry in enumerate(env) if entry[0] not in dict(env[i + 1:])],
              "platform": {field: value(x) for field, x in platform.items()}}
    return {field: x for field, x in fields.items() if x}
def inputs_document(known, given, ignored):
    given = {**{name: x["default"] for name, x in known.items() if "default" in x}, **given}
    return {k: value(x, known[k]["type"] if known else "any") for k, x in given.items() if k not in ignored}
def outputs_document(outputs, definitions):
    """Tells definitions apart by the ids of their types, whatever they are called."""
    def meant(t):
        return meant(definitions[t["ref"]]) if "ref" in t else t
    def types_in(t):
        return {} if isinstance(t, str) or "enum" in t or "artifact" in t else t.get("record", t)
    def reached(t, found):
        for inner in map(meant, types_in(t).values()):
            if id(inner) not in found:
                found.add(id(inner))
                reached(inner, found)
        return found
    def write(t):
        definition = meant(t)
        if definition is not t and id(definition) in reached(definition, set()):
            if id(definition) not in numbers:
                numbers[id(definition)] = str(len(numbers))
                numbered[numbers[id(definition)]] = write(definition)
            return {"ref": numbers[id(definition)]}
        if "enum" in definition:
            return {"enum": sorted(set(definition["enum"]), key=encode)}
        inner = {k: write(types_in(definition)[k]) for k in sorted(types_in(definition), key=encode)}
        return {"record": inner} if "record" in definition else inner or definition
    numbers, numbered = {}, {}
    written = write({"record": outputs})["record"]
    return [written, numbered] if numbered else written
def image_value(image):
    if isinstance(image, str):
        need(re.search("@|^sha256:[0-9a-f]{64}$|^sha512:[0-9a-f]{128}$", image), "tag not resolved")
        return image.rpartition("@")[2]
    return image and Tagged(27, ["image-tag", image["tag"]])
def computed(component, inputs={}, outputs={}, definitions={}, version=None, policies={}, custom=None,
             ignoredInputs=(), namespace=None, run=None, task=None, pipeline=None):
    name, image = component.get("name") or component.get("label"), component.get("image")
    need(image or version or policies, "no image, version or policy")
    need(name or not custom, "a custom key, but neither name nor label")
    documents = {"outputs": encode(outputs_document(outputs, definitions))}
    if not custom:
        documents["component"] = encode(component_document(**component))
        documents["inputs"] = encode(inputs_document(component.get("inputs", {}), inputs, ignoredInputs))
    key = {part: hashlib.sha256(document).digest() for part, document in documents.items()}
    key.update(format="taskcache/1", image=image_value(image), version=version,
               policies={k: value(x) for k, x in policies.items()}, custom=custom and [name, custom])
    documents["key"] = encode({part: x for part, x in key.items() if x})
    return {"key": "k1:" + hashlib.sha256(documents["key"]).hexdigest(),
            "documents": {part: x.hex() for part, x in documents.items()}}

# ---- the command
def unique(pairs):
    need(len(dict(pairs)) == len(pairs), "duplicate key")
    return dict(pairs)
def main(file):
    content = json.loads(pathlib.Path(file).read_text("utf-8"), object_pairs_hook=unique)
    if isinstance(content, dict):
        return print(json.dumps(computed(**content), indent=1))
    wrong = []
    for vector in content:
        try:
            got = computed(**vector["request"])
        except (Exception, SystemExit) as error:
            got = {"key": repr(error)}
        wrong += [f"{vector['name']}: expected {vector[k]}, got {got[k]}" for k in got if got[k] != vector[k]]
    print("\n".join(wrong) or f"{len(content)} vectors, all equal")
    return 1 if wrong or not content else 0

sys.setrecursionlimit(50_000)  # values and types nest deeply
getattr(sys, "set_int_max_str_digits", lambda limit: None)(0)  # older Pythons have no limit
sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else __doc__)
