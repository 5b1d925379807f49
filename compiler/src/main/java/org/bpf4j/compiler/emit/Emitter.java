package org.bpf4j.compiler.emit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.machine.MachineBlock;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.MachineProgram;
import org.bpf4j.compiler.machine.Register.Physical;
import org.bpf4j.compiler.ssa.Inst.CoreAccess;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.ObjectNote;

/// Writes the object of a `@Bpf` class: `MachineProgram<Physical>… → BpfObject`.
public final class Emitter {

  /// The compiler's version, as objects name it.
  public static final String COMPILER_VERSION = "0.1.0";

  private Emitter() {}

  /// The object, or why there can be none.
  ///
  /// @param object the object, unless there are diagnostics
  /// @param diagnostics limits that the code exceeds
  public record Result(Optional<BpfObject> object, List<Diagnostic> diagnostics) {
    /// Copies the list.
    public Result {
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /// Limits of the kernel that programs exceed, each by itself.
  public static List<Diagnostic> limits(List<MachineProgram<Physical>> code) {
    return code.stream().flatMap(one -> CallChains.check(one).stream()).toList();
  }

  /// Writes all programs of a class.
  public static Result emit(Program program, List<MachineProgram<Physical>> code) {
    List<Diagnostic> diagnostics = new ArrayList<>(limits(code));
    BtfBuilder btf = new BtfBuilder();
    ProgramTypes types = new ProgramTypes(program, btf);
    Globals globals = new Globals(program, types, btf);
    List<MapDefinition> maps = globals.maps();
    List<DataSection> data = globals.data();
    types.addBuffers();
    KernelTypes kernelTypes = new KernelTypes(program, types, btf, accesses(code));
    KernelSymbols kernelSymbols = new KernelSymbols(types, btf, insns(code));
    Functions functions = new Functions(program, types, kernelTypes, kernelSymbols, btf);
    Map<String, List<BpfFunction>> sections = new LinkedHashMap<>();
    for (MachineProgram<Physical> one : code) {
      sections.computeIfAbsent(one.section(), _ -> new ArrayList<>()).add(functions.program(one));
    }
    diagnostics.addAll(functions.diagnostics());
    if (!diagnostics.isEmpty()) {
      return new Result(Optional.empty(), diagnostics);
    }
    program
        .unit()
        .options()
        .flatMap(Unit.Options::operations)
        .map(struct -> OperationTable.section(program.unit().name(), struct, types, btf, code))
        .ifPresent(data::add);
    List<CodeSection> sectionList = new ArrayList<>();
    if (!functions.subprograms().isEmpty()) {
      sectionList.add(new CodeSection(CodeSection.TEXT, functions.subprograms()));
    }
    sections.forEach((name, members) -> sectionList.add(new CodeSection(name, members)));
    BpfObject object =
        new BpfObject(
            license(program),
            sectionList,
            maps,
            data,
            btf.build(),
            Optional.of(note(program, code)),
            functions.origins());
    return new Result(Optional.of(object), List.of());
  }

  private static String license(Program program) {
    return program
        .unit()
        .options()
        .map(Unit.Options::license)
        .orElseThrow(() -> new CompilerBug(program.unit().name() + " has no licence"));
  }

  private static List<CoreAccess> accesses(List<MachineProgram<Physical>> code) {
    List<CoreAccess> accesses = new ArrayList<>();
    for (MachineInsn<Physical> insn : insns(code)) {
      if (insn instanceof MachineInsn.CoreConstant<Physical> constant) {
        accesses.add(constant.access());
      } else if (insn instanceof MachineInsn.CoreLoad<Physical> load) {
        accesses.add(load.access());
      }
    }
    return accesses;
  }

  private static List<MachineInsn<Physical>> insns(List<MachineProgram<Physical>> code) {
    return code.stream()
        .flatMap(program -> program.functions().stream())
        .flatMap(function -> function.blocks().stream())
        .map(MachineBlock::insns)
        .flatMap(List::stream)
        .toList();
  }

  private static ObjectNote note(Program program, List<MachineProgram<Physical>> code) {
    List<ObjectNote.ProgramFloor> floors =
        code.stream()
            .map(
                one ->
                    new ObjectNote.ProgramFloor(
                        one.main().name(), one.floor().max(one.kind().since())))
            .sorted(Comparator.comparing(ObjectNote.ProgramFloor::program))
            .toList();
    return new ObjectNote(
        ObjectNote.FORMAT, program.unit().name(), COMPILER_VERSION, floors, program.sidecars());
  }
}
