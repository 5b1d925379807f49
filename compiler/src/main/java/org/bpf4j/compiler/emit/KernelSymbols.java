package org.bpf4j.compiler.emit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.Linkage;
import org.bpf4j.btf.BtfType.SectionVar;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.Register.Physical;
import org.bpf4j.object.CName;
import org.bpf4j.object.Kfunc;
import org.bpf4j.object.KfuncType;
import org.bpf4j.object.Relocation.Target;

/// The functions and variables of the kernel that the programs name, with their BTF: the section
/// [Kfunc#SECTION], as clang writes it.
///
/// A symbol is weak if some program asks whether it is there; then all uses of it are.
final class KernelSymbols {
  private final ProgramTypes types;
  private final BtfBuilder btf;
  private final Set<String> weak = new HashSet<>();

  /// Adds the types of all symbols that some instruction names.
  KernelSymbols(ProgramTypes types, BtfBuilder btf, List<MachineInsn<Physical>> insns) {
    this.types = types;
    this.btf = btf;
    Map<String, Kfunc> functions = new TreeMap<>();
    Map<String, Optional<KfuncType>> addresses = new TreeMap<>();
    for (MachineInsn<Physical> insn : insns) {
      if (insn instanceof MachineInsn.CallKernel<Physical> call
          && call.function() instanceof Kfunc kfunc) {
        functions.merge(kfunc.name(), kfunc, KernelSymbols::fuller);
      } else if (insn instanceof MachineInsn.Address<Physical> address
          && address.symbol() instanceof MachineInsn.Symbol.KernelSymbol symbol) {
        addresses.merge(
            symbol.name(), symbol.type(), (one, other) -> one.isPresent() ? one : other);
        if (symbol.weak()) {
          weak.add(symbol.name());
        }
      }
    }
    addresses.keySet().removeAll(functions.keySet());
    List<SectionVar> members = new ArrayList<>();
    functions.values().forEach(kfunc -> members.add(new SectionVar(function(kfunc), 0, 0)));
    addresses.forEach((name, type) -> members.add(new SectionVar(variable(name, type), 0, 0)));
    if (!members.isEmpty()) {
      btf.add(new BtfType.DataSection(Kfunc.SECTION, 0, members));
    }
  }

  /// Of a function that is also known as what takes back another's result, the declaration.
  private static Kfunc fuller(Kfunc one, Kfunc other) {
    return one.text().compareTo(other.text()) <= 0 ? one : other;
  }

  private int function(Kfunc kfunc) {
    List<BtfType.Parameter> parameters =
        kfunc.parameters().stream()
            .map(p -> new BtfType.Parameter(CName.of(p.name()), type(p.type())))
            .toList();
    int proto = btf.add(new BtfType.FuncProto(type(kfunc.result()), parameters));
    return btf.add(new BtfType.Func(kfunc.name(), Linkage.EXTERN, proto));
  }

  /// Of most variables nothing but the address is wanted.
  private int variable(String name, Optional<KfuncType> type) {
    int described =
        type.map(
                known ->
                    known.form() == KfuncType.Form.STRUCT ? incomplete(known) : this.type(known))
            .orElse(0);
    return btf.add(new BtfType.Var(name, btf.add(new BtfType.Const(described)), Linkage.EXTERN));
  }

  private int incomplete(KfuncType struct) {
    return btf.add(new BtfType.Struct(struct.struct() + "___kfunc", 0, List.of()));
  }

  private int callback() {
    int anything = type(KfuncType.ANYTHING);
    int key = type(KfuncType.numbers(Integer.BYTES, true));
    return btf.add(
        new BtfType.FuncProto(
            type(KfuncType.number(Integer.BYTES, true)),
            List.of(
                new BtfType.Parameter("map", anything),
                new BtfType.Parameter("key", key),
                new BtfType.Parameter("value", anything))));
  }

  private int order() {
    int node = type(KfuncType.struct("bpf_rb_node"));
    return btf.add(
        new BtfType.FuncProto(
            types.inKernel(Primitive.BOOLEAN, Storage.U8),
            List.of(new BtfType.Parameter("one", node), new BtfType.Parameter("other", node))));
  }

  /// Loaders compare structs of prototypes by their kind only.
  private int type(KfuncType type) {
    return switch (type.form()) {
      case NOTHING -> 0;
      case NUMBER -> types.number(type.bytes(), type.signed());
      case NUMBERS -> btf.add(new BtfType.Pointer(types.number(type.bytes(), type.signed())));
      case STRUCT -> btf.add(new BtfType.Pointer(incomplete(type)));
      case CHARACTERS -> btf.add(new BtfType.Pointer(types.character()));
      case ANYTHING -> btf.add(new BtfType.Pointer(0));
      case CALLBACK -> btf.add(new BtfType.Pointer(callback()));
      case ORDER -> btf.add(new BtfType.Pointer(order()));
    };
  }

  /// What a relocation refers to.
  Target target(String name) {
    return new Target.Extern(name, weak.contains(name));
  }
}
