#!/usr/bin/env python3
"""Keys of the format taskcache/1, computed from key-format.md alone (Python 3.9+, standard library).

    python3 key-format.py VECTORS.json         compare golden vectors, or check that bad requests are refused
    python3 key-format.py REQUEST.json --key   print the key and the documents (hex) of one request

key_values.py reads JSON and values (sections 3 and 8), key_types.py is about types (sections 5 and 6).
"""
import hashlib, json, math, struct, sys, threading

from key_types import inputs_document, outputs_document, type_reader
from key_values import Refused, fields, image, list_of, map_of, members, need, parse, text, value, word

# ---- sections 2 and 3: CBOR
def head(major, n):
    if n < 24:
        return bytes([major << 5 | n])
    size = next(size for size in range(4) if n < 1 << (8 << size))
    return bytes([major << 5 | 24 + size]) + n.to_bytes(1 << size, "big")

def encode(item):
    if item is None or isinstance(item, bool):
        return {None: b"\xf6", False: b"\xf4", True: b"\xf5"}[item]
    if isinstance(item, int):
        return encode_int(item)
    if isinstance(item, float):
        return encode_float(item)
    if isinstance(item, bytes):
        return head(2, len(item)) + item
    if isinstance(item, str):
        return head(3, len(item.encode("utf-8"))) + item.encode("utf-8")
    if isinstance(item, list):
        return head(4, len(item)) + b"".join([encode(x) for x in item])
    if isinstance(item, dict):
        entries = sorted([(encode(name), encode(x)) for name, x in item.items()])
        return head(5, len(item)) + b"".join([name + x for name, x in entries])
    return head(6, item.tag) + encode(item.item)

def encode_int(number):
    major, n = (0, number) if number >= 0 else (1, -1 - number)
    if n < 1 << 64:
        return head(major, n)
    return head(6, 2 + major) + encode(n.to_bytes((n.bit_length() + 7) // 8, "big"))

def encode_float(number):
    if math.isnan(number):
        return b"\xf9\x7e\x00"
    for initial, form in ((b"\xf9", ">e"), (b"\xfa", ">f"), (b"\xfb", ">d")):
        try:
            packed = struct.pack(form, number)
            if struct.unpack(form, packed)[0] == number:
                return initial + packed
        except OverflowError:
            pass

# ---- section 8: the request
def env_entry(item, path):
    pair = list_of(text)(item, path)
    return need(len(pair) == 2 and pair[0], path, "not [name, value]" if len(pair) != 2 else "empty name", pair)

def request(item):
    defined = members(members(item, "").get("definitions", ()), ".definitions")
    declaration = fields("type", type=type_reader(()), default=value,
                         optional=lambda x, p: need(isinstance(x, bool), p, "not a bool", x))
    component = fields(name=text, label=text, image=image, command=list_of(text), args=list_of(text),
                       env=list_of(env_entry), platform=map_of(text), inputs=map_of(declaration))
    return fields("component", namespace=text, run=text, task=text, pipeline=text, component=component,
                  inputs=map_of(value), outputs=map_of(type_reader(defined)), definitions=map_of(type_reader(defined)),
                  version=word, policies=map_of(value), custom=word, ignoredInputs=list_of(text))(item, "")

# ---- sections 1, 4 and 7: the documents and the key
def documents_of(item):
    asked = request(item)
    component, custom = asked["component"], asked.get("custom")
    name = component.get("name") or component.get("label")
    env = component.get("env", [])
    need(component.get("name") or component.get("command"), ".component", "neither name nor command")
    need("image" in component or "version" in asked or asked.get("policies"), "", "no image, version or policy")
    need(name or not custom, ".custom", "custom key of a component with neither name nor label")
    kept = {field: component.get(field) for field in ("name", "command", "args", "platform")}
    kept["env"] = [x for i, x in enumerate(env) if x[0] not in [later[0] for later in env[i + 1:]]]
    documents = {
        "component": encode({field: x for field, x in kept.items() if x}),
        "inputs": encode(inputs_document(component, asked.get("inputs", {}), asked.get("ignoredInputs", []))),
        "outputs": encode(outputs_document(asked.get("outputs", {}), asked.get("definitions", {})))}
    if custom:
        del documents["component"], documents["inputs"]
    parts = {part: hashlib.sha256(document).digest() for part, document in documents.items()}
    parts.update(format="taskcache/1", image=component.get("image"), version=asked.get("version"),
                 policies=asked.get("policies"), custom=[name, custom] if custom else None)
    documents["key"] = encode({part: x for part, x in parts.items() if x})
    return {part: document.hex() for part, document in documents.items()}

def key_of(documents):
    return "k1:" + hashlib.sha256(bytes.fromhex(documents["key"])).hexdigest()

# ---- the command
def differences(vector):
    """Of a golden vector, or of a request that must be refused: lines of what, expected and got."""
    refused = "json" in vector
    try:
        got = documents_of(parse(vector["json"]) if refused else vector["request"])
        got = {"path": "none", "reason": "not refused"} if refused else {**got, "the key": key_of(got)}
    except Refused as refusal:
        got = dict(zip(("path", "reason"), refusal.args))
    expected = {"path": vector["path"], "reason": vector["contains"]} if refused else \
        {**dict(vector["documents"]), "the key": vector["key"]}
    return [f"{what}: expected {expected.get(what)}, got {got.get(what)}" for what in {**expected, **got}
            if expected.get(what) != got.get(what) and not (what == "reason" and expected.get(what, what) in got[what])]

def main(file, key_wanted):
    with open(file, "rb") as opened:
        content = parse(opened.read())
    if key_wanted:
        documents = documents_of(content)
        print(json.dumps({"key": key_of(documents), "documents": documents}, indent=2))
        return 0
    lines = [f"{vector['name']}: {line}" for vector in map(dict, content) for line in differences(vector)]
    print("\n".join(lines) or f"{len(content)} vectors, all equal")
    return 1 if lines else 0

def run(statuses):
    try:
        statuses.append(main(sys.argv[1], len(sys.argv) == 3))
    except Refused as refusal:
        print(*filter(None, refusal.args), sep=": ", file=sys.stderr)
    except RecursionError:
        print("too deep", file=sys.stderr)

if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--key"]):
        sys.exit(__doc__)
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    sys.stdout.reconfigure(encoding="utf-8")
    sys.setrecursionlimit(50_000)  # values and types nest deeply
    threading.stack_size(512 << 20)
    statuses = []
    thread = threading.Thread(target=run, args=[statuses])
    thread.start()
    thread.join()
    sys.exit(statuses[0] if statuses else 1)
