package dev.taskcache.policy;

import dev.taskcache.key.InputValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * A method's instructions as a value: labels by the order in which they are jumped to, constants by
 * what they are, the bodies of lambdas in the place of their compiler-made names. Lines, frames and
 * names of variables are left out. Not thread-safe.
 */
final class MethodForm {
  private final Map<String, MethodNode> siblings;
  private final Consumer<String> uses;
  private final Set<String> open;
  private final Map<LabelNode, Integer> labels = new HashMap<>();

  /**
   * @param siblings the methods of the class, by name and descriptor
   * @param uses is told the descriptor of each type that is used
   * @param open the lambdas whose bodies this one is inside of
   */
  MethodForm(Map<String, MethodNode> siblings, Consumer<String> uses, Set<String> open) {
    this.siblings = siblings;
    this.uses = uses;
    this.open = open;
  }

  InputValue of(MethodNode method) {
    uses.accept(method.desc);
    List<Object> form = new ArrayList<>();
    for (AbstractInsnNode each : method.instructions) {
      for (LabelNode target : targets(each)) {
        labels.computeIfAbsent(target, label -> labels.size());
      }
    }
    for (TryCatchBlockNode each : method.tryCatchBlocks) {
      form.add(
          List.of(
              "try",
              label(each.start),
              label(each.end),
              label(each.handler),
              each.type == null ? "" : type(each.type)));
    }
    for (AbstractInsnNode each : method.instructions) {
      if (each instanceof LabelNode label) {
        if (labels.containsKey(label)) {
          form.add(List.of("label", label(label)));
        }
      } else if (!(each instanceof LineNumberNode) && !(each instanceof FrameNode)) {
        List<Object> instruction = new ArrayList<>();
        instruction.add(each.getOpcode());
        instruction.addAll(operands(each));
        form.add(instruction);
      }
    }
    return InputValue.of(form);
  }

  private static List<LabelNode> targets(AbstractInsnNode instruction) {
    List<LabelNode> targets = new ArrayList<>();
    if (instruction instanceof JumpInsnNode jump) {
      targets.add(jump.label);
    } else if (instruction instanceof LookupSwitchInsnNode lookup) {
      targets.add(lookup.dflt);
      targets.addAll(lookup.labels);
    } else if (instruction instanceof TableSwitchInsnNode table) {
      targets.add(table.dflt);
      targets.addAll(table.labels);
    }
    return targets;
  }

  private List<?> operands(AbstractInsnNode instruction) {
    if (instruction instanceof VarInsnNode variable) {
      return List.of(variable.var);
    } else if (instruction instanceof IntInsnNode integer) {
      return List.of(integer.operand);
    } else if (instruction instanceof IincInsnNode increment) {
      return List.of(increment.var, increment.incr);
    } else if (instruction instanceof TypeInsnNode type) {
      return List.of(type(type.desc));
    } else if (instruction instanceof FieldInsnNode field) {
      return List.of(type(field.owner), field.name, descriptor(field.desc));
    } else if (instruction instanceof MethodInsnNode method) {
      return List.of(type(method.owner), method.name, descriptor(method.desc), method.itf);
    } else if (instruction instanceof MultiANewArrayInsnNode array) {
      return List.of(descriptor(array.desc), array.dims);
    } else if (instruction instanceof LdcInsnNode constant) {
      return List.of(constant(constant.cst));
    } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
      return List.of(
          dynamic.name,
          descriptor(dynamic.desc),
          constant(dynamic.bsm),
          constants(dynamic.bsmArgs));
    }
    return switches(instruction);
  }

  private List<?> switches(AbstractInsnNode instruction) {
    List<Object> operands = new ArrayList<>();
    if (instruction instanceof LookupSwitchInsnNode lookup) {
      operands.add(lookup.keys);
    } else if (instruction instanceof TableSwitchInsnNode table) {
      operands.add(List.of(table.min, table.max));
    }
    targets(instruction).forEach(target -> operands.add(label(target)));
    return operands;
  }

  private int label(LabelNode label) {
    return labels.computeIfAbsent(label, another -> labels.size());
  }

  private List<Object> constants(Object[] constants) {
    List<Object> forms = new ArrayList<>();
    for (Object each : constants) {
      forms.add(constant(each));
    }
    return forms;
  }

  private Object constant(Object constant) {
    if (constant instanceof Type type) {
      return List.of("type", descriptor(type.getDescriptor()));
    } else if (constant instanceof Handle handle) {
      return handle(handle);
    } else if (constant instanceof ConstantDynamic dynamic) {
      List<Object> arguments = new ArrayList<>();
      for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
        arguments.add(constant(dynamic.getBootstrapMethodArgument(i)));
      }
      return List.of(
          dynamic.getName(),
          descriptor(dynamic.getDescriptor()),
          constant(dynamic.getBootstrapMethod()),
          arguments);
    }
    return List.of(constant.getClass().getSimpleName(), constant);
  }

  /** Javac numbers the methods of lambdas through the class: their bodies stand for their names. */
  private Object handle(Handle handle) {
    String key = handle.getName() + handle.getDesc();
    MethodNode lambda = siblings.get(key);
    if (lambda != null && handle.getName().startsWith("lambda$") && open.add(key)) {
      InputValue body = new MethodForm(siblings, uses, open).of(lambda);
      open.remove(key);
      return List.of("lambda", handle.getTag(), lambda.desc, body);
    }
    return List.of(
        "method",
        handle.getTag(),
        type(handle.getOwner()),
        handle.getName(),
        descriptor(handle.getDesc()));
  }

  /** Notes the use of a type by its internal name, or an array's descriptor. */
  private String type(String internalName) {
    uses.accept(internalName.startsWith("[") ? internalName : "L" + internalName + ";");
    return internalName;
  }

  private String descriptor(String descriptor) {
    uses.accept(descriptor);
    return descriptor;
  }

  static Map<String, MethodNode> byName(List<MethodNode> methods) {
    Map<String, MethodNode> byName = new TreeMap<>();
    methods.forEach(method -> byName.put(method.name + method.desc, method));
    return byName;
  }
}
