package org.bpf4j.compiler.emit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Unit.OperationConstant;
import org.bpf4j.compiler.ast.Unit.OperationStruct;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.machine.MachineProgram;
import org.bpf4j.compiler.machine.Register.Physical;
import org.bpf4j.object.CName;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.ObjectBtf;
import org.bpf4j.object.ObjectBtf.GlobalVariable;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramSection;

/// The struct of functions of the kernel that a class implements: a variable of that type with the
/// members that the class has.
///
/// Loaders find the kernel's members by name, so their order and place here mean nothing; pointers
/// come first.
final class OperationTable {

  private final OperationStruct struct;
  private final ProgramTypes types;
  private final BtfBuilder btf;
  private final List<BtfType.Member> members = new ArrayList<>();
  private final SortedMap<Integer, String> programs = new TreeMap<>();
  private final SortedMap<Integer, byte[]> contents = new TreeMap<>();
  private int end;

  private OperationTable(OperationStruct struct, ProgramTypes types, BtfBuilder btf) {
    this.struct = struct;
    this.types = types;
    this.btf = btf;
  }

  /// The section of the struct.
  ///
  /// @param name the class, after which the variable is named
  /// @param code the programs, whose prototypes are in the BTF
  static DataSection section(
      String name,
      OperationStruct struct,
      ProgramTypes types,
      BtfBuilder btf,
      List<MachineProgram<Physical>> code) {
    OperationTable table = new OperationTable(struct, types, btf);
    code.stream().filter(one -> one.kind() == ProgramKind.OPERATION).forEach(table::program);
    struct.constants().forEach(table::constant);
    return table.section(CName.ofType(name));
  }

  private void program(MachineProgram<Physical> one) {
    String function = one.main().name();
    String member = ProgramSection.parse(one.section()).orElseThrow().target();
    BtfType.FuncProto prototype =
        ObjectBtf.prototype(btf.build(), function)
            .orElseThrow(() -> new CompilerBug(function + " has no prototype"));
    int pointer = btf.add(new BtfType.Pointer(btf.add(prototype)));
    programs.put(add(member, pointer, Long.BYTES, Long.BYTES), function);
  }

  private void constant(OperationConstant constant) {
    Optional<String> text = constant.text();
    int bytes = text.isPresent() ? (int) constant.value() : constant.storage().bytes();
    int type =
        text.isPresent()
            ? types.array(types.character(), bytes)
            : types.inKernel(constant.storage());
    int at = add(constant.member(), type, bytes, text.isPresent() ? 1 : bytes);
    ByteBuffer value =
        ByteBuffer.allocate(Math.max(bytes, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    if (text.isPresent()) {
      byte[] letters = text.get().getBytes(StandardCharsets.UTF_8);
      value.put(letters, 0, Math.min(letters.length, bytes - 1));
    } else {
      value.putLong(constant.value());
    }
    byte[] stored = new byte[bytes];
    value.get(0, stored);
    contents.put(at, stored);
  }

  private int add(String member, int type, int bytes, int align) {
    int at = Layouts.roundUp(end, align);
    end = at + bytes;
    members.add(new BtfType.Member(member, type, at * Byte.SIZE, 0));
    return at;
  }

  private DataSection section(String variable) {
    String name = struct.link() ? DataSection.STRUCT_OPS_LINK : DataSection.STRUCT_OPS;
    int size = Math.max(Layouts.roundUp(end, Long.BYTES), Long.BYTES);
    int type = btf.add(new BtfType.Struct(struct.type(), size, members));
    int section =
        ObjectBtf.data(btf, name, size, List.of(new GlobalVariable(variable, type, 0, size)));
    ByteBuffer bytes = ByteBuffer.allocate(size);
    contents.forEach(bytes::put);
    return new DataSection(name, bytes.array(), section, List.of(), programs);
  }
}
