"""A second implementation of Kubeflow's fingerprints, for the files beside it.

    recompute.py          checks expected.json
    recompute.py --write  writes it anew
"""
import hashlib
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
RELEASES = ["1.8", "2.0.5", "2.2.0", "2.4", "2.5", "2.14", "2.15", "2.17", "after"]


def number(x):
    """A double as Go writes it. repr() has the shortest digits, as in every Python 3."""
    if x == 0:
        return "-0" if str(x)[0] == "-" else "0"
    mantissa, _, exponent = repr(abs(x)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0)
    point -= len(whole + fraction) - len((whole + fraction).lstrip("0"))
    digits = digits.rstrip("0")
    if 1e-6 <= abs(x) < 1e21:
        if point <= 0:
            text = "0." + "0" * -point + digits
        elif point >= len(digits):
            text = digits + "0" * (point - len(digits))
        else:
            text = digits[:point] + "." + digits[point:]
    else:
        text = digits[0] + ("." + digits[1:] if digits[1:] else "") + "e%+d" % (point - 1)
    return ("-" if x < 0 else "") + text


def text(s, short):
    named = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    if short:
        named |= {"\b": "\\b", "\f": "\\f"}
    escaped = lambda c: c < " " or c in "<>&\u2028\u2029"
    return '"' + "".join(named.get(c) or ("\\u%04x" % ord(c) if escaped(c) else c) for c in s) + '"'


def encode(v, short):
    if v is None or isinstance(v, bool):
        return {None: "null", True: "true", False: "false"}[v]
    if isinstance(v, float):
        return number(v)
    if isinstance(v, str):
        return text(v, short)
    if isinstance(v, list):
        return "[" + ",".join(encode(e, short) for e in v) + "]"
    keys = sorted(v, key=lambda k: k.encode())
    return "{" + ",".join(text(k, short) + ":" + encode(v[k], short) for k in keys) + "}"


def field(message, proto):
    head, *rest = proto.split("_")
    name = head + "".join(r.capitalize() for r in rest)
    return name, message.get(name, message.get(proto))


def fields(message, *protos, keep_empty=()):
    found = dict(field(message, p) for p in protos)
    return {k: v for k, v in found.items() if v is not None and (v not in ("", [], {}) or k in keep_empty)}


def typed(value):
    name, v = next(((n, v) for n, v in (field(value, p) for p in ("int_value", "double_value", "string_value")) if v is not None), (None, None))
    if name == "intValue":
        v = str(int(float(v))) if isinstance(v, str) and "." in v else str(int(v))
        v = "9223372036854775807" if v == "9223372036854775808" else v  # all numbers are floats here
    if name == "doubleValue" and isinstance(v, str) and v[-1].isdigit():
        v = float(v)
    return {} if name is None else {name: v}


def output(a):
    kept = fields(a, "name", "type", "metadata", keep_empty=("type", "metadata"))
    if "type" in kept:
        kept["type"] = fields(kept["type"], "schema_title", "schema_uri", "instance_schema", "schema_version",
                              keep_empty=("schemaTitle", "schemaUri", "instanceSchema"))
    return kept


def key(k, release):
    since = lambda first: RELEASES.index(release) >= RELEASES.index(first)
    k = fields(k, "inputArtifactNames", "inputParameters", "outputArtifactsSpec", "outputParametersSpec",
               "containerSpec", "input_parameter_values")
    c = fields(k.get("containerSpec", {}), "image", "cmdArgs", "pvcNames", "env")
    if "pvcNames" in c:
        c["pvcNames"] = sorted(set(c["pvcNames"]), key=lambda n: n.encode())
    if "env" in c:
        c["env"] = [fields(e, "name", "value") for e in c["env"]]
    k["containerSpec"] = {n: v for n, v in c.items()
                          if not (n == "pvcNames" and not since("2.15") or n == "env" and not since("after"))}
    if "inputArtifactNames" in k:
        k["inputArtifactNames"] = {n: fields(v, "artifactNames") for n, v in k["inputArtifactNames"].items()}
    if "inputParameters" in k:
        k["inputParameters"] = {n: typed(v) for n, v in k["inputParameters"].items()}
    if "outputArtifactsSpec" in k:
        outputs = {n: output(v) for n, v in k["outputArtifactsSpec"].items()}
        if not since("2.5") and outputs.get("executor-logs") == {
                "name": "executor-logs", "type": {"schemaTitle": "system.Artifact"}}:
            del outputs["executor-logs"]
        k["outputArtifactsSpec"] = outputs
    return {n: v for n, v in k.items() if v != {} or n == "containerSpec"}


def template(request, release):
    t = request["template"]
    kept = {n: t[n] for n in ("inputs", "outputs", "volumes", "initContainers", "sidecars") if n in t}
    if "container" in t:
        kept["container"] = {n: t["container"][n] for n in ("image", "command", "args", "env", "volumeMounts")
                             if n in t["container"]}
    if release == "after" and "namespace" in request:
        return {"namespace": request["namespace"], "template": kept}
    return kept


def hashed(request, release):
    short = RELEASES.index(release) >= RELEASES.index("2.4")
    if "customKey" in request:
        return request["componentRef"] + "\0" + request["customKey"]
    if "template" in request:
        return encode(template(request, release), short)
    return encode(key(request["cacheKey"], release), short)


expected = {}
for file in sorted(HERE.glob("*-*.json")):
    request = json.loads(file.read_text(encoding="utf-8"), parse_int=float)
    expected[file.name] = {
        "bytes": hashed(request, "after"),
        "fingerprints": {r: hashlib.sha256(hashed(request, r).encode()).hexdigest() for r in RELEASES},
    }
path = HERE / "expected.json"
if "--write" in sys.argv:
    path.write_text(json.dumps(expected, indent=1) + "\n", encoding="utf-8")
elif json.loads(path.read_text(encoding="utf-8")) != expected:
    sys.exit("expected.json is not what this computes")
print(f"{len(expected)} files in {len(RELEASES)} releases")
