package dev.taskcache.policy;

import dev.taskcache.key.InputValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** What a class file says that can change what its code does, and which classes that code uses. */
final class ClassForm {
  // What a compiler notes for itself, and what only a source or a debugger shows.
  private static final int NO_MEANING =
      Opcodes.ACC_SUPER | Opcodes.ACC_DEPRECATED | Opcodes.ACC_SYNTHETIC | Opcodes.ACC_MANDATED;

  private final ClassNode node = new ClassNode();
  private final Set<String> used = new TreeSet<>();

  ClassForm(byte[] classFile) {
    new ClassReader(classFile).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
  }

  /** The internal names of the classes that the parts which were asked for use. */
  Set<String> used() {
    return used;
  }

  /** The whole class: the bodies of lambdas where they are used, all else in order of name. */
  InputValue whole() {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("name", node.name);
    form.put("access", node.access & ~NO_MEANING);
    form.put("super", node.superName == null ? "" : use(node.superName));
    form.put("interfaces", node.interfaces.stream().map(this::use).toList());
    Map<String, Object> fields = new LinkedHashMap<>();
    for (FieldNode field : node.fields) {
      use(Type.getType(field.desc));
      fields.put(
          field.name + " " + field.desc,
          List.of(
              field.access & ~NO_MEANING, field.value == null ? List.of() : List.of(field.value)));
    }
    form.put("fields", fields);
    Map<String, MethodNode> methods = MethodForm.byName(node.methods);
    Map<String, Object> bodies = new LinkedHashMap<>();
    methods.forEach(
        (name, method) -> {
          if (!method.name.startsWith("lambda$")) {
            bodies.put(name, List.of(method.access & ~NO_MEANING, body(methods, method)));
          }
        });
    form.put("methods", bodies);
    return InputValue.of(form);
  }

  /** One method alone. */
  InputValue method(String name, String descriptor) {
    Map<String, MethodNode> methods = MethodForm.byName(node.methods);
    MethodNode method = methods.get(name + descriptor);
    if (method == null) {
      throw new CodeNotIdentifiableException(
          node.name + " has no method " + name + descriptor + " in its class file; give a version");
    }
    return body(methods, method);
  }

  private InputValue body(Map<String, MethodNode> methods, MethodNode method) {
    return new MethodForm(methods, descriptor -> use(Type.getType(descriptor)), new HashSet<>())
        .of(method);
  }

  private String use(String internalName) {
    used.add(internalName);
    return internalName;
  }

  private void use(Type type) {
    List<Type> types = new ArrayList<>();
    if (type.getSort() == Type.METHOD) {
      types.add(type.getReturnType());
      types.addAll(List.of(type.getArgumentTypes()));
    } else {
      types.add(type);
    }
    for (Type each : types) {
      Type element = each.getSort() == Type.ARRAY ? each.getElementType() : each;
      if (element.getSort() == Type.OBJECT) {
        used.add(element.getInternalName());
      }
    }
  }
}
