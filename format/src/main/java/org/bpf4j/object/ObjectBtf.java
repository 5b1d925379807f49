package org.bpf4j.object;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.Linkage;
import org.bpf4j.btf.BtfType.SectionVar;

/// The BTF that an object needs beside its own types: functions and sections of variables.
public final class ObjectBtf {

  /// What the name of a static function begins with that has the parameters which the program named
  /// behind it declares, as libbpf's `BPF_PROG` has it.
  public static final String PROTOTYPE = "____";

  /// What the tag of a program begins with that names a function for exceptions (`__exception_cb`).
  private static final String EXCEPTION_CALLBACK = "exception_callback:";

  private ObjectBtf() {}

  /// The parameters that a program declares, if its kind has such.
  public static Optional<BtfType.FuncProto> prototype(Btf btf, String program) {
    return btf.types().stream()
        .filter(type -> type instanceof BtfType.Func && type.name().equals(PROTOTYPE + program))
        .map(type -> btf.type(((BtfType.Func) type).proto()))
        .flatMap(type -> type instanceof BtfType.FuncProto proto ? Stream.of(proto) : Stream.of())
        .findFirst();
  }

  /// The function that a program names to be called when it throws, if it does.
  ///
  /// @param program the id of the program's `FUNC`, or 0
  public static Optional<String> exceptionCallback(Btf btf, int program) {
    return btf.types().stream()
        .filter(type -> type instanceof BtfType.DeclTag(_, int of, _) && of != 0 && of == program)
        .map(BtfType::name)
        .filter(name -> name.startsWith(EXCEPTION_CALLBACK))
        .map(name -> name.substring(EXCEPTION_CALLBACK.length()))
        .findFirst();
  }

  /// Adds a function and returns its id, which is a [BpfFunction#btfType].
  ///
  /// @param proto the id of its `FUNC_PROTO`
  public static int function(BtfBuilder types, String name, boolean global, int proto) {
    return types.add(new BtfType.Func(name, global ? Linkage.GLOBAL : Linkage.STATIC, proto));
  }

  /// Adds a section of global variables and returns its id, which is a [DataSection#btfType].
  ///
  /// @param bytes the section's size
  /// @param variables what lies in it, by ascending offset
  public static int data(
      BtfBuilder types, String section, int bytes, List<GlobalVariable> variables) {
    List<SectionVar> vars =
        variables.stream()
            .map(
                v ->
                    new SectionVar(
                        types.add(new BtfType.Var(v.name(), v.type(), Linkage.GLOBAL)),
                        v.offset(),
                        v.bytes()))
            .toList();
    return types.add(new BtfType.DataSection(section, bytes, vars));
  }

  /// The id of the section of that name.
  public static OptionalInt section(Btf btf, String name) {
    for (int id = 1; id <= btf.count(); id++) {
      if (btf.type(id) instanceof BtfType.DataSection section && section.name().equals(name)) {
        return OptionalInt.of(id);
      }
    }
    return OptionalInt.empty();
  }

  /// A global variable of an object.
  ///
  /// @param name its ELF name
  /// @param type its BTF type
  /// @param offset its place in the section, in bytes
  /// @param bytes its size
  public record GlobalVariable(String name, int type, int offset, int bytes) {}
}
