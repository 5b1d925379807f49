package org.bpf4j.load;

import java.util.List;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.ProgramParameters;
import org.bpf4j.object.ProgramSection;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.KernelProgram;
import org.jspecify.annotations.Nullable;

/// What a program is bound to when it is loaded.
///
/// @param type the id of a type, of the kernel's BTF or else the program's, or 0
/// @param program the descriptor of the program that has the type, or of the types of the module
///   that has it, or 0
record Binding(int type, int program) {

  /// Finds what a program is bound to.
  ///
  /// @param replaced the program of which an extension replaces a function
  /// @throws NoSuchTargetException if there is no such function
  /// @throws IllegalArgumentException if it is not said of which program, or one of another kernel
  static Binding of(
      BpfObject object,
      ProgramSection section,
      BpfFunction function,
      @Nullable LoadedProgram replaced,
      KernelSymbols symbols) {
    if (!(section.kind().parameters() instanceof ProgramParameters.Function)) {
      return AttachTarget.find(object, section, function, symbols);
    }
    if (!(replaced instanceof KernelProgram program)) {
      throw new IllegalArgumentException(
          "program `"
              + function.name()
              + "` replaces a function of a program that must be loaded before:"
              + " configure().replace(…)");
    }
    return new Binding(
        types(program)
            .findFirst(BtfType.Func.class, section.target())
            .orElseThrow(
                () ->
                    new NoSuchTargetException(
                        "global function " + section.target() + " of program " + program.name(),
                        List.of())),
        program.descriptor().number());
  }

  private static BtfNames types(KernelProgram program) {
    int id = Bpf.programBtf(program.descriptor());
    if (id == 0) {
      throw new NoSuchTargetException("types of program " + program.name(), List.of());
    }
    try (Descriptor types = Descriptor.of(Bpf.openBtf(id), "BPF_BTF_GET_FD_BY_ID")) {
      return BtfNames.of(Bpf.btfBytes(types));
    }
  }
}
