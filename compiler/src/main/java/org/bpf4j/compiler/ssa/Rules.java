package org.bpf4j.compiler.ssa;

import static org.bpf4j.compiler.ssa.Type.I32;
import static org.bpf4j.compiler.ssa.Type.I64;
import static org.bpf4j.compiler.ssa.Type.PTR;

import java.util.Set;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.Helper;
import org.bpf4j.object.Signature;

/// What holds of each instruction by itself; [Checker] asks.
final class Rules {
  private Rules() {}

  static void check(Inst inst, Definitions definitions, Set<Integer> slots) {
    if (!holds(inst, definitions, slots)) {
      throw new CompilerBug("not well-formed: " + Printer.print(inst));
    }
  }

  /// One arm per instruction.
  private static boolean holds(Inst inst, Definitions definitions, Set<Integer> slots) {
    return switch (inst) {
      case Inst.Const i -> constant(i);
      case Inst.Binary i -> binary(i);
      case Inst.Unary i -> unary(i);
      case Inst.Compare i -> i.result().type() == I32 && i.left().type() == i.right().type();
      case Inst.Refine i -> i.result().type() == i.value().type() && fact(i);
      case Inst.Load i -> i.base().type() == PTR && load(i) && region(i.region(), slots);
      case Inst.Store i ->
          i.base().type() == PTR
              && region(i.region(), slots)
              && (i.size() == MemorySize.DW ? i.value().type() != I32 : i.value().type() != PTR);
      case Inst.Zero i -> i.base().type() == PTR && i.bytes() > 0 && region(i.region(), slots);
      case Inst.Copy i ->
          i.to().type() == PTR
              && i.from().type() == PTR
              && i.bytes() > 0
              && region(i.toRegion(), slots)
              && region(i.fromRegion(), slots);
      case Inst.Atomic i -> atomic(i) && region(i.region(), slots);
      case Inst.StackAddress i -> i.result().type() == PTR && slots.contains(i.slot());
      case Inst.MapAddress i -> i.result().type() == PTR;
      case Inst.GlobalAddress i -> i.result().type() == PTR;
      case Inst.FunctionAddress i -> i.result().type() == PTR;
      case Inst.KernelAddress i -> i.result().type() == PTR;
      case Inst.PtrAdd i ->
          i.result().type() == PTR
              && i.base().type() == PTR
              && i.offset().type() == I64
              && definitions.isBounded(i.offset());
      case Inst.CallKernel i -> helper(i);
      case Inst.CallFunction i -> i.arguments().size() <= 5;
      case Inst.CoreConst i -> i.result().type() == I64;
    };
  }

  private static boolean constant(Inst.Const i) {
    return switch (i.result().type()) {
      case I32 -> i.value() == (int) i.value();
      case I64 -> true;
      case PTR -> i.value() == 0;
    };
  }

  private static boolean binary(Inst.Binary i) {
    Type type = i.result().type();
    boolean rightFits =
        switch (i.op()) {
          case SHL, SHR, SAR -> i.right().type() != PTR;
          case ADD, SUB, MUL, SDIV, SMOD, UDIV, UMOD, AND, OR, XOR -> i.right().type() == type;
        };
    return type != PTR && i.left().type() == type && rightFits;
  }

  private static boolean unary(Inst.Unary i) {
    Type from = i.operand().type();
    Type to = i.result().type();
    return switch (i.op()) {
      case NEG -> from == to && to != PTR;
      case SEXT8, SEXT16, ZEXT8, ZEXT16, BE16, BE32 -> from == I32 && to == I32;
      case SEXT32, ZEXT32 -> from == I32 && to == I64;
      case TRUNC -> from == I64 && to == I32;
      case BE64, NUMBER -> from == I64 && to == I64;
      case ADDRESS -> from == PTR && to == I64;
      case POINTER, ARENA -> from == I64 && to == PTR;
      case ARENA_ADDRESS -> from == I64 && to == I64;
    };
  }

  private static boolean fact(Inst.Refine i) {
    Type type = i.value().type();
    return switch (i.fact()) {
      case Fact.Range(long min, long max) -> type != PTR && Long.compareUnsigned(min, max) <= 0;
      case Fact.NonNull _, Fact.Trusted _ -> type != I32;
      case Fact.Member _ -> type == I64;
      case Fact.Present(Value flag, _) -> flag.type() == I32;
      case Fact.PacketBytes(int bytes) -> type == PTR && bytes > 0;
    };
  }

  private static boolean load(Inst.Load i) {
    Type type = i.result().type();
    return i.size() == MemorySize.DW
        ? type != I32 && !i.signed()
        : type == I32
            || (type == PTR && i.size() == MemorySize.W && i.region().equals(Region.CONTEXT));
  }

  private static boolean atomic(Inst.Atomic i) {
    Type cell = i.size() == MemorySize.DW ? I64 : I32;
    return i.base().type() == PTR
        && i.size().bytes() >= 4
        && i.operand().type() == cell
        && i.result().map(Value::type).orElse(cell) == cell
        && i.expected().map(Value::type).orElse(cell) == cell
        && i.expected().isPresent() == (i.op() == Inst.AtomicOp.CMPXCHG);
  }

  private static boolean region(Region region, Set<Integer> slots) {
    return region.kind() != Region.Kind.STACK || slots.contains(Integer.valueOf(region.name()));
  }

  /// The result's type follows from the signature; `trace_printk` takes as many numbers as given.
  private static boolean helper(Inst.CallKernel i) {
    if (i.function().signature().isEmpty() || i.arguments().size() > 5) {
      return false;
    }
    Signature signature = i.function().signature().orElseThrow();
    boolean counts =
        i.function() == Helper.TRACE_PRINTK
            ? i.arguments().size() >= 2
            : i.arguments().size() == signature.arguments().size();
    boolean resultFits =
        i.result()
            .map(
                result ->
                    switch (signature.result()) {
                      case INTEGER -> result.type() == I64;
                      case VOID -> false;
                      case MAP_VALUE_OR_NULL,
                          RECORD_OR_NULL,
                          SLICE_OR_NULL,
                          SOCKET_OR_NULL,
                          BORROWED_SOCKET_OR_NULL ->
                          result.type() == PTR;
                      case KERNEL_POINTER -> result.type() != I32;
                    })
            .orElse(true);
    return counts && resultFits;
  }
}
