package org.bpf4j.object;

import java.util.List;
import java.util.OptionalInt;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.Linkage;
import org.bpf4j.btf.BtfType.SectionVar;

/// The BTF that an object needs beside its own types: functions and sections of variables.
public final class ObjectBtf {

  private ObjectBtf() {}

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
