"""Sections 5 and 6 of key-format.md, for key-format.py: types, values brought to them, canonical outputs."""
from key_values import Tagged, check_depth, fields, list_of, map_of, members, need, text, word

SIMPLE_TYPES = ("text", "bool", "int", "float64", "decimal", "bytes", "timestamp", "any")

def split(t):
    return [*t.items()][0] if isinstance(t, dict) else (t, None)

def inner_types(t):
    kind, inner = split(t)
    return [*inner.values()] if kind == "record" else [inner] if kind in ("list", "map", "optional") else []

def type_depth(t):
    return max([1 + type_depth(inner) for inner in inner_types(t)], default=0)

def type_reader(defined):
    def read(item, path):
        if isinstance(item, str):
            return need(item in SIMPLE_TYPES, path, "unknown type", item)
        need(len(members(item, path)) == 1, path, "a type is a text or a map with one key")
        return fields(list=read, map=read, optional=read, record=map_of(read), artifact=word,
                      enum=lambda x, p: need(x, p, "empty enum") or list_of(text)(x, p),
                      ref=lambda x, p: need(text(x, p) in defined, p, "undefined ref", x))(item, path)
    return lambda item, path: check_depth(read(item, path), type_depth, path)

def inputs_document(component, given, ignored):
    declared = component.get("inputs")
    for i, name in enumerate(ignored):
        need(name in given or name in (declared or ()), f".ignoredInputs[{i}]", "neither given nor declared")
    if declared:
        for name in given:
            need(name in declared, f".inputs.{name}", "undeclared input")
        given = {name: bring(v, declared[name]["type"], f".inputs.{name}") for name, v in given.items()}
        for name, declaration in declared.items():
            if "default" in declaration:
                default = bring(declaration["default"], declaration["type"], f".component.inputs.{name}.default")
                given.setdefault(name, default)
            need(name in given or declaration.get("optional"), f".inputs.{name}", "missing input")
    return {name: v for name, v in given.items() if name not in ignored}

def bring(v, t, path):
    kind, inner = split(t)
    if kind == "any" or kind == "optional" and v is None:
        return v
    if kind == "optional":
        return bring(v, inner, path)
    if kind == "list" and isinstance(v, list):
        return [bring(x, inner, f"{path}[{i}]") for i, x in enumerate(v)]
    if kind in ("map", "record") and isinstance(v, dict):
        places = {name: f"{path}.{'$' * (name[:1] == '$')}{name}" for name in v}  # as written in JSON
        if kind == "map":
            return {name: bring(x, inner, places[name]) for name, x in v.items()}
        for name in inner:
            need(name in v or "optional" in inner[name], f"{path}.{name}", "missing field")
        return {name: bring(x, need(name in inner, places[name], "undeclared field", inner.get(name)), places[name])
                for name, x in v.items()}
    if kind == "int" and isinstance(v, float) and v.is_integer() and str(v) != "-0.0":
        return int(v)
    if kind == "float64" and type(v) is int and v.bit_length() <= 1024 and abs(v) // (v & -v or 1) < 1 << 53:
        return float(v)
    what, first = (v.tag, v.item[0]) if isinstance(v, Tagged) else (type(v), None)
    fitting = {"text": what is str or first == "secret", "bool": what is bool, "int": what is int,
               "float64": what is float, "decimal": what == 4, "bytes": what is bytes, "timestamp": what == 0,
               "enum": what is str and v in (inner or ()),
               "artifact": what == 27 and first != "secret" and v.item[1] == inner}
    return need(fitting.get(kind), path, f"not {kind}", v)

def map_order(name):
    return len(name.encode("utf-8")), name.encode("utf-8")

def refs_in(t):
    kind, inner = split(t)
    return {inner} if kind == "ref" else {ref for x in inner_types(t) for ref in refs_in(x)}

def reachable(name, refs):
    found, todo = set(), [name]
    while todo:
        new = refs[todo.pop()] - found
        found |= new
        todo += new
    return found

def outputs_document(outputs, definitions):
    for name in sorted(definitions, key=map_order):
        target = definitions[name]
        for _ in definitions:
            need(target != {"ref": name}, f".definitions.{name}", "is itself")
            kind, inner = split(target)
            target = definitions[inner] if kind == "ref" else target

    def resolved(name):
        while split(definitions[name])[0] == "ref":
            name = definitions[name]["ref"]
        return name
    refs = {name: {resolved(ref) for ref in refs_in(t)} for name, t in definitions.items()}
    recursive = {name for name in definitions if name in reachable(name, refs)}
    numbers, numbered, count = {}, {}, 0

    def write(t):
        nonlocal count
        kind, inner = split(t)
        inner = resolved(inner) if kind == "ref" else inner
        if kind == "ref" and inner not in recursive:
            return write(definitions[inner])
        count += 1
        need(count <= 10_000, ".outputs", "too many types")
        if kind == "ref":
            if inner not in numbers:
                numbers[inner] = str(len(numbers))
                numbered[numbers[inner]] = check_depth(write(definitions[inner]), type_depth, f".definitions.{inner}")
            return {"ref": numbers[inner]}
        if kind == "record":
            return {"record": {name: write(inner[name]) for name in sorted(inner, key=map_order)}}
        if kind == "enum":
            return {"enum": sorted(set(inner), key=map_order)}
        return {kind: write(inner)} if inner_types(t) else t

    written = {name: check_depth(write(outputs[name]), type_depth, f".outputs.{name}")
               for name in sorted(outputs, key=map_order)}
    return [written, numbered] if numbered else written
