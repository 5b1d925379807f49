package org.bpf4j.compiler.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Symbols;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.machine.MachineFunction;
import org.bpf4j.compiler.machine.MachineProgram;
import org.bpf4j.compiler.machine.Register.Physical;
import org.bpf4j.compiler.ssa.Function.Role;
import org.bpf4j.isa.Insn;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.CName;
import org.bpf4j.object.LineOrigin;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ObjectBtf;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramParameters;
import org.bpf4j.object.Relocation;
import org.bpf4j.object.Relocation.Target;
import org.jspecify.annotations.Nullable;

/// The functions of an object: programs, and the subprograms in `.text`.
///
/// Programs share subprograms whose code is the same. Where two programs' versions of one function
/// differ, since they were specialised, the later one's name gets a number.
final class Functions {

  /// `BPF_COMPLEXITY_LIMIT_INSNS`: what the kernel loads for privileged users.
  private static final int MAX_SLOTS = 1_000_000;

  private final ProgramTypes types;
  private final KernelTypes kernelTypes;
  private final KernelSymbols kernelSymbols;
  private final BtfBuilder btf;
  private final LineTable lines;
  private final Optional<String> arena;
  private final Map<String, Unit.Function> declared = new HashMap<>();
  private final List<BpfFunction> subprograms = new ArrayList<>();
  private final List<LineOrigin> origins = new ArrayList<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  Functions(
      Program program,
      ProgramTypes types,
      KernelTypes kernelTypes,
      KernelSymbols kernelSymbols,
      BtfBuilder btf) {
    this.types = types;
    this.kernelTypes = kernelTypes;
    this.kernelSymbols = kernelSymbols;
    this.btf = btf;
    this.lines = new LineTable(program.sources());
    Symbols symbols = new Symbols(program);
    this.arena =
        program.maps().stream()
            .filter(map -> map.type().form().kind() == MapKind.ARENA)
            .map(map -> symbols.map(map.owner(), map.name()))
            .findFirst();
    for (Unit.Function function : program.functions()) {
      declared.put(symbols.function(function.ref()), function);
    }
  }

  List<BpfFunction> subprograms() {
    return subprograms;
  }

  List<LineOrigin> origins() {
    return origins;
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /// Writes a program and the subprograms that only it has.
  BpfFunction program(MachineProgram<Physical> code) {
    return new Writing(code).program();
  }

  /// The functions of one program, by the names that they have in it.
  private final class Writing {
    private final ProgramKind kind;
    private final MachineFunction<Physical> main;
    private final Map<String, MachineFunction<Physical>> functions = new HashMap<>();
    private final Map<String, String> finalNames = new HashMap<>();

    Writing(MachineProgram<Physical> code) {
      kind = code.kind();
      main = code.main();
      code.functions().forEach(function -> functions.put(function.name(), function));
    }

    BpfFunction program() {
      Encoder.Encoded encoded = encode(main);
      BpfFunction function = write(main, main.name(), encoded);
      if (kind.btfPrefix().isPresent() || kind.parameters() instanceof ProgramParameters.Probe) {
        prototype(declared.get(main.name()));
      }
      origins.addAll(lines.origins(function.name(), encoded.insns(), encoded.origins()));
      return function;
    }

    /// What the program believes of the function that it is attached to.
    private void prototype(Unit.@Nullable Function source) {
      List<BtfType.Parameter> parameters =
          Objects.requireNonNull(source).parameters().stream()
              .map(
                  parameter ->
                      new BtfType.Parameter(
                          CName.of(parameter.name()), kernelTypes.argument(parameter.type())))
              .toList();
      int proto = btf.add(new BtfType.FuncProto(0, parameters));
      ObjectBtf.function(btf, ObjectBtf.PROTOTYPE + main.name(), false, proto);
    }

    private Encoder.Encoded encode(MachineFunction<Physical> function) {
      Encoder.Encoded encoded = Encoder.encode(function, kernelTypes, kernelSymbols, arena);
      int slots = encoded.insns().stream().mapToInt(Insn::slots).sum();
      if (!encoded.reachable() || slots > MAX_SLOTS) {
        diagnostics.add(
            Diagnostic.error(
                Code.BPF3003,
                function.span(),
                "`%s` has %d instructions; a jump reaches %d, a program may have %d"
                    .formatted(function.name(), slots, Short.MAX_VALUE, MAX_SLOTS),
                "call large methods twice, so that they become subprograms"));
      }
      return encoded;
    }

    private String subprogram(String name) {
      String known = finalNames.get(name);
      if (known == null) {
        MachineFunction<Physical> function = functions.get(name);
        if (function == null) {
          throw new CompilerBug(main.name() + " calls " + name + ", which does not exist");
        }
        known = share(function, encode(function));
        finalNames.put(name, known);
      }
      return known;
    }

    private String share(MachineFunction<Physical> function, Encoder.Encoded encoded) {
      for (int number = 1; ; number++) {
        String name = number == 1 ? function.name() : function.name() + "_v" + number;
        Optional<BpfFunction> taken =
            subprograms.stream().filter(other -> other.name().equals(name)).findFirst();
        BpfFunction written = write(function, name, encoded);
        if (taken.isEmpty()) {
          subprograms.add(written);
          origins.addAll(lines.origins(name, encoded.insns(), encoded.origins()));
          return name;
        }
        if (taken.get().equals(written)) {
          return name;
        }
      }
    }

    private BpfFunction write(
        MachineFunction<Physical> function, String name, Encoder.Encoded encoded) {
      boolean global = function.role() == Role.PROGRAM || function.role() == Role.GLOBAL;
      int proto = proto(function);
      return new BpfFunction(
          name,
          global,
          encoded.insns(),
          encoded.relocations().stream().map(this::resolved).toList(),
          encoded.coreRelocations(),
          lines.lines(encoded.insns(), encoded.origins(), function.span()),
          ObjectBtf.function(btf, name, global, proto));
    }

    private Relocation resolved(Relocation relocation) {
      return switch (relocation.target()) {
        case Target.SubprogramCall(String name) ->
            new Relocation(relocation.at(), new Target.SubprogramCall(subprogram(name)));
        case Target.SubprogramAddress(String name) ->
            new Relocation(relocation.at(), new Target.SubprogramAddress(subprogram(name)));
        case Target.MapReference _, Target.DataReference _, Target.JumpTable _, Target.Extern _ ->
            relocation;
      };
    }

    private int proto(MachineFunction<Physical> function) {
      Unit.Function source = declared.get(function.name());
      if (function.role() == Role.PROGRAM) {
        BtfType.Parameter context = new BtfType.Parameter("ctx", context(source));
        return btf.add(new BtfType.FuncProto(types.id(Primitive.INT), List.of(context)));
      }
      List<BtfType.Parameter> parameters = new ArrayList<>();
      for (int i = 0; i < function.parameters().size(); i++) {
        boolean known = source != null && i < source.parameters().size();
        parameters.add(
            known
                ? new BtfType.Parameter(
                    CName.of(Objects.requireNonNull(source).parameters().get(i).name()),
                    parameter(source.parameters().get(i).type()))
                : new BtfType.Parameter("argument" + i, types.unsignedLong()));
      }
      boolean wide = source == null || function.role() == Role.GLOBAL;
      int result =
          wide ? types.unsignedLong() : types.inRegister(Objects.requireNonNull(source).result());
      return btf.add(new BtfType.FuncProto(result, parameters));
    }

    /// The verifier knows the context that a global function gets by the name of its struct,
    /// whatever its members.
    private int parameter(org.bpf4j.compiler.ast.Type type) {
      if (type instanceof org.bpf4j.compiler.ast.Type.ViewType
          && kind.parameters() instanceof ProgramParameters.Context context) {
        String name = context.layout().struct();
        return btf.add(new BtfType.Pointer(btf.add(new BtfType.Struct(name, 0, List.of()))));
      }
      return types.inRegister(type);
    }

    /// A pointer to the context struct: the kernel's where it names one, the program's own where it
    /// declares one, else to nothing.
    private int context(Unit.@Nullable Function source) {
      return switch (kind.parameters()) {
        case ProgramParameters.Context context -> forward(context.layout().struct());
        case ProgramParameters.Struct _, ProgramParameters.Buffer _ ->
            source == null || source.parameters().isEmpty()
                ? btf.add(new BtfType.Pointer(0))
                : types.inRegister(source.parameters().getFirst().type());
        case ProgramParameters.Arguments _, ProgramParameters.Item _ ->
            btf.add(new BtfType.Pointer(types.unsignedLong()));
        case ProgramParameters.Fields _,
            ProgramParameters.Registers _,
            ProgramParameters.Probe _,
            ProgramParameters.Function _ ->
            btf.add(new BtfType.Pointer(0));
      };
    }

    private int forward(String struct) {
      return btf.add(new BtfType.Pointer(btf.add(new BtfType.Forward(struct, false))));
    }
  }
}
