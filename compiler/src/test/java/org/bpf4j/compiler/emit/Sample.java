package org.bpf4j.compiler.emit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.bpf4j.compiler.allocate.Allocator;
import org.bpf4j.compiler.ast.Declaration;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.machine.MachineProgram;
import org.bpf4j.compiler.machine.Register.Physical;
import org.bpf4j.compiler.optimize.Optimizer;
import org.bpf4j.compiler.select.Selector;
import org.bpf4j.compiler.ssa.Parser;
import org.bpf4j.object.BpfObject;

/// A class with maps, globals and a kernel view, around programs that are written as SSA.
final class Sample {

  private static final String NAME = "com.example.Sample";
  private static final Span SPAN = new Span("com/example/Sample.java", 1, 1, 1, 2);

  private Sample() {}

  /// The class; its source has so many numbered lines.
  static Program program() {
    TreeMap<String, Declaration> declarations = new TreeMap<>();
    put(
        declarations,
        new Declaration.StructDecl(
            NAME + "$Stats",
            SPAN,
            List.of(member("packets", Storage.U64, Type.Primitive.LONG), bytes("tag", 3))));
    put(
        declarations,
        new Declaration.RecordDecl(
            NAME + "$Flow",
            SPAN,
            List.of(
                member("source", Storage.BE32, Type.Primitive.INT),
                member("port", Storage.U16, Type.Primitive.INT))));
    put(
        declarations,
        new Declaration.ViewDecl(
            NAME + "$Task",
            SPAN,
            Declaration.ViewKind.KERNEL_STRUCT,
            0,
            "task_struct",
            List.of(
                accessor("tgid", Declaration.Shape.SCALAR, Storage.S32, Type.Primitive.INT),
                accessor(
                    "real_parent",
                    Declaration.Shape.POINTER,
                    Storage.U64,
                    new Type.ViewType(NAME + "$Task")))));
    List<Unit.MapDeclaration> maps =
        List.of(
            new Unit.MapDeclaration(
                NAME,
                "stats",
                new Type.MapType(
                    MapForm.HASH,
                    new Type.RecordType(NAME + "$Flow"),
                    new Type.StructType(NAME + "$Stats")),
                1024,
                SPAN),
            new Unit.MapDeclaration(
                NAME,
                "events",
                new Type.MapType(
                    MapForm.RING, Type.Special.VOID, new Type.StructType(NAME + "$Stats")),
                4096,
                SPAN));
    List<Unit.Global> globals =
        List.of(
            new Unit.Global(
                NAME,
                "seen",
                Type.Primitive.LONG,
                Storage.U64,
                0,
                Unit.GlobalKind.VARIABLE,
                List.of(),
                SPAN),
            new Unit.Global(
                NAME,
                "limit",
                Type.Primitive.INT,
                Storage.S32,
                0,
                Unit.GlobalKind.CONFIG,
                List.of(7L),
                SPAN));
    List<String> lines =
        java.util.stream.IntStream.rangeClosed(1, 40).mapToObj(i -> "  line " + i + ";").toList();
    Unit.SourceText source = new Unit.SourceText(SPAN.file(), lines);
    Unit unit =
        new Unit(
            NAME,
            source,
            Optional.of(new Unit.Options("GPL", Optional.empty(), Optional.empty(), SPAN)),
            List.copyOf(declarations.values()),
            maps,
            globals,
            List.of());
    TreeMap<String, Unit.SourceText> sources = new TreeMap<>();
    sources.put(SPAN.file(), source);
    return new Program(unit, declarations, maps, globals, List.of(), sources, List.of());
  }

  private static void put(Map<String, Declaration> declarations, Declaration declaration) {
    declarations.put(declaration.name(), declaration);
  }

  private static Declaration.Member member(String name, Storage storage, Type type) {
    return new Declaration.Member(name, type, storage, OptionalInt.empty(), 0, SPAN);
  }

  private static Declaration.Member bytes(String name, int length) {
    return new Declaration.Member(
        name,
        new Type.ArrayType(Type.Primitive.BYTE),
        Storage.S8,
        OptionalInt.empty(),
        length,
        SPAN);
  }

  private static Declaration.Accessor accessor(
      String path, Declaration.Shape shape, Storage storage, Type type) {
    return new Declaration.Accessor(
        path, type, storage, OptionalInt.empty(), 0, false, shape, List.of(path), SPAN);
  }

  /// The code of an SSA program.
  static MachineProgram<Physical> code(String ssa, boolean optimised) {
    org.bpf4j.compiler.ssa.Program parsed = Parser.parse(ssa);
    return Allocator.allocate(
        Selector.select(optimised ? Optimizer.optimize(parsed) : Optimizer.prepare(parsed)));
  }

  /// The object of SSA programs.
  static BpfObject object(boolean optimised, String... ssa) {
    List<MachineProgram<Physical>> code =
        List.of(ssa).stream().map(text -> code(text, optimised)).toList();
    return Emitter.emit(program(), code).object().orElseThrow();
  }

  /// Counts packets by source address, if the frame is IPv4.
  static final String COUNTER =
      """
      program XDP xdp floor 5.10
      function counter PROGRAM : i32 ; com/example/Sample.java:4:3-4:9
      slot 0 8 key
      slot 1 16 fresh
      b0(v0: ptr):
        v1 = load w [v0 + 0] context : ptr ; com/example/Sample.java:5:3-5:9
        v2 = load w [v0 + 4] context : ptr ; com/example/Sample.java:5:3-5:9
        v3 = const 34 : i64
        v4 = ptradd v1, v3 : ptr
        branch ule v4, v2 then b1() else b9()
      b1():
        v5 = refine v1 packet 34 : ptr
        v6 = load h [v5 + 12] packet : i32 ; com/example/Sample.java:7:3-7:9
        v7 = be16 v6 : i32
        v8 = const 2048 : i32
        branch eq v7, v8 then b2() else b9()
      b2():
        v10 = stack 0 fresh : ptr
        zero [v10 + 0], 8 stack 0
        v11 = load w [v5 + 26] packet : i32 ; com/example/Sample.java:8:3-8:9
        store w [v10 + 0], v11 stack 0
        v12 = map stats : ptr
        v13 = helper map_lookup_elem(v12, v10) : ptr ; com/example/Sample.java:9:3-9:9
        v14 = const 0 : ptr
        branch ne v13, v14 then b3() else b4()
      b3():
        v15 = refine v13 nonnull s : ptr
        v16 = load dw [v15 + 0] map stats : i64
        v17 = const 1 : i64
        v18 = add v16, v17 : i64
        store dw [v15 + 0], v18 map stats
        jump b9()
      b4():
        v20 = stack 1 fresh : ptr
        zero [v20 + 0], 16 stack 1
        v21 = const 1 : i64
        store dw [v20 + 0], v21 stack 1
        v22 = map stats : ptr
        v23 = const 0 : i64
        v24 = helper map_update_elem(v22, v10, v20, v23) : i64 ; com/example/Sample.java:10:3-10:9
        v25 = global .bss 0 : ptr
        v26 = const 1 : i64
        atomic add dw [v25 + 0], v26 global .bss
        jump b9()
      b9():
        v30 = global .rodata 0 : ptr
        v31 = load w [v30 + 0] global .rodata : i32
        v32 = const 7 : i32
        branch eq v31, v32 then b10() else b11()
      b10():
        v33 = const 2 : i32
        return v33 ; com/example/Sample.java:12:3-12:9
      b11():
        v34 = const 1 : i32
        return v34
      end
      """;

  /// Sums numbers in a loop, through a subprogram.
  static final String SUMMER =
      """
      program TC tc floor 5.10
      function summer PROGRAM : i32 ; com/example/Sample.java:20:3-20:9
      b0(v0: ptr):
        v1 = load w [v0 + 0] context : i32 ; com/example/Sample.java:21:3-21:9
        v2 = const 0 : i32
        jump b1(v2, v1)
      b1(v3: i32, v4: i32):
        v5 = const 10 : i32
        branch ult v3, v5 then b2() else b3()
      b2():
        v6 = call mix(v4, v3) : i32 ; com/example/Sample.java:22:3-22:9
        v7 = call mix(v6, v4) : i32 ; com/example/Sample.java:22:3-22:9
        v8 = const 1 : i32
        v9 = add v3, v8 : i32
        jump b1(v9, v7)
      b3():
        return v4
      end
      function mix SUBPROGRAM : i32 ; com/example/Sample.java:30:3-30:9
      b0(v0: i32, v1: i32):
        v2 = const 31 : i32
        v3 = mul v0, v2 : i32
        v4 = add v3, v1 : i32
        v5 = const 13 : i32
        v6 = shl v4, v5 : i32
        v7 = xor v4, v6 : i32
        v8 = const 17 : i32
        v9 = shr v7, v8 : i32
        v10 = xor v7, v9 : i32
        return v10
      end
      """;

  /// Reads the parent's process id from the kernel.
  static final String PARENT =
      """
      program RAW_TRACEPOINT "raw_tracepoint/sched_process_exec" floor 5.10
      function parent PROGRAM : i32 ; com/example/Sample.java:33:3-33:9
      slot 0 8 read
      b0(v0: ptr):
        v1 = helper get_current_task() : i64
        v2 = core FIELD_BYTE_OFFSET com.example.Sample$Task real_parent : i64
        v3 = add v1, v2 : i64
        v4 = stack 0 fresh : ptr
        zero [v4 + 0], 8 stack 0
        v5 = const 8 : i64
        v6 = helper probe_read_kernel(v4, v5, v3) : i64
        v7 = load dw [v4 + 0] stack 0 : i64
        v8 = core FIELD_BYTE_OFFSET com.example.Sample$Task tgid : i64
        v9 = add v7, v8 : i64
        v10 = const 4 : i64
        v11 = helper probe_read_kernel(v4, v10, v9) : i64
        v12 = load w [v4 + 0] stack 0 : i32
        v13 = global .bss 0 : ptr
        v14 = zext32 v12 : i64
        store dw [v13 + 0], v14 global .bss
        v15 = const 0 : i32
        return v15
      end
      """;
}
