package org.bpf4j.compiler.analyze;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.ContextLayout;
import org.bpf4j.object.Helper;
import org.bpf4j.object.ObjectFunction;
import org.bpf4j.object.Signature;

/// Where a value comes from: through facts, additions and joins back to what made it.
final class Sources {
  /// What an inner map's name ends with.
  static final String INNER = "[]";

  private final Definitions definitions;
  private final Map<Value, List<Value>> passed;

  Sources(Function function, Definitions definitions) {
    this.definitions = definitions;
    this.passed = new HashMap<>(function.passed());
  }

  /// The values without a further source that may become this value, offsets aside.
  Set<Value> of(Value value) {
    Set<Value> seen = new HashSet<>();
    Set<Value> ends = new HashSet<>();
    collect(value, seen, ends);
    return ends;
  }

  private void collect(Value start, Set<Value> seen, Set<Value> ends) {
    ArrayDeque<Value> work = new ArrayDeque<>(List.of(start));
    while (!work.isEmpty()) {
      Value value = work.pop();
      if (seen.add(value)) {
        switch (definitions.of(value).orElse(null)) {
          case Inst.Refine r -> work.push(r.value());
          case Inst.PtrAdd p -> work.push(p.base());
          case null -> {
            List<Value> arguments = passed.getOrDefault(value, List.of());
            if (arguments.isEmpty()) {
              ends.add(value);
            }
            arguments.forEach(work::push);
          }
          default -> ends.add(value);
        }
      }
    }
  }

  /// Whether the value is an address that the kernel vouches for, wherever it comes from.
  boolean isTrusted(Value value) {
    Set<Value> seen = new HashSet<>();
    ArrayDeque<Value> work = new ArrayDeque<>(List.of(value));
    while (!work.isEmpty()) {
      Value next = work.pop();
      if (!seen.add(next)) {
        continue;
      }
      switch (definitions.of(next).orElse(null)) {
        case Inst.Refine r when r.fact() instanceof Fact.Trusted(boolean orNull) && !orNull -> {}
        case Inst.Refine r -> work.push(r.value());
        case Inst.Unary u when u.op() == Inst.UnaryOp.ADDRESS -> work.push(u.operand());
        case Inst.Binary b
            when b.op() == Inst.BinaryOp.ADD
                && definitions.of(b.right()).orElse(null) instanceof Inst.CoreConst ->
            work.push(b.left()); // a struct inside of one that is there
        case null -> {
          List<Value> arguments = passed.getOrDefault(next, List.of());
          if (arguments.isEmpty()) {
            return false;
          }
          arguments.forEach(work::push);
        }
        default -> {
          return false;
        }
      }
    }
    return true;
  }

  /// The name that the map argument of a call refers to, if it is one map.
  Optional<String> mapOf(Inst.CallKernel call) {
    return call.arguments().stream()
        .findFirst()
        .flatMap(definitions::of)
        .filter(Inst.MapAddress.class::isInstance)
        .map(inst -> ((Inst.MapAddress) inst).map());
  }

  /// The number that a value is, if it is always the same.
  OptionalLong constant(Value value) {
    return definitions.constant(value);
  }

  /// The names of the functions that a call hands over to be called back.
  List<String> callbacks(Inst.CallKernel call) {
    return call.arguments().stream()
        .map(argument -> definitions.of(argument).orElse(null))
        .filter(Inst.FunctionAddress.class::isInstance)
        .map(inst -> ((Inst.FunctionAddress) inst).function())
        .toList();
  }

  /// The names of the maps that a call may be about; an inner map has the name of the map that it
  /// was got from and brackets.
  Set<String> mapsOf(Inst.CallKernel call) {
    Set<String> names = new HashSet<>();
    for (Value source : of(call.arguments().getFirst())) {
      switch (definitions.of(source).orElse(null)) {
        case Inst.MapAddress map -> names.add(map.map());
        case Inst.CallKernel lookup when lookup.function() == Helper.MAP_LOOKUP_ELEM ->
            mapsOf(lookup).forEach(outer -> names.add(outer + INNER));
        case null, default -> {}
      }
    }
    return names;
  }

  /// The name of the value in the source, from the nearest null test on the way.
  Optional<String> subjectOf(Value value) {
    Value current = value;
    while (true) {
      switch (definitions.of(current).orElse(null)) {
        case Inst.Refine(_, Value inner, Fact fact, _) -> {
          switch (fact) {
            case Fact.NonNull(String subject) -> {
              return Optional.of(subject);
            }
            case Fact.Present(_, String subject) -> {
              return Optional.of(subject);
            }
            case Fact.Range _, Fact.PacketBytes _, Fact.Trusted _, Fact.Member _ -> current = inner;
          }
        }
        case Inst.PtrAdd p -> current = p.base();
        case null, default -> {
          return Optional.empty();
        }
      }
    }
  }

  /// Why the value may be null, in words; empty if nothing can be said.
  Optional<String> whyNull(Value value) {
    Set<Value> seen = new HashSet<>();
    ArrayDeque<Value> work = new ArrayDeque<>(List.of(value));
    while (!work.isEmpty()) {
      Value next = work.pop();
      if (!seen.add(next)) {
        continue;
      }
      Inst inst = definitions.of(next).orElse(null);
      Optional<String> reason = inst == null ? Optional.empty() : reason(inst);
      if (reason.isPresent()) {
        return reason;
      }
      switch (inst) {
        case Inst.Refine r -> work.push(r.value());
        case null -> passed.getOrDefault(next, List.of()).forEach(work::push);
        default -> {}
      }
    }
    return Optional.empty();
  }

  private Optional<String> reason(Inst inst) {
    return switch (inst) {
      case Inst.Refine(_, _, Fact.Trusted(boolean orNull), _) when orNull ->
          Optional.of("the kernel may have none");
      case Inst.Refine(_, Value value, Fact.PacketBytes(int bytes), _) ->
          Optional.of(
              isMetadata(value)
                  ? "there may be less than " + bytes + " bytes of metadata"
                  : packetEnd(value).stream()
                      .mapToObj(at -> "the packet may end before byte " + (at + bytes))
                      .findFirst()
                      .orElse("the packet may be too short"));
      case Inst.CallKernel call when call.function().givesMapValue() ->
          Optional.of(
              mapOf(call).map(m -> "`" + m + "`").orElse("the map")
                  + (call.function() == Helper.MAP_LOOKUP_ELEM
                      ? " may have no value for the key"
                      : " may have no value for it, or no memory for one"));
      case Inst.CallKernel call when call.function() == Helper.RINGBUF_RESERVE ->
          Optional.of(mapOf(call).map(m -> "`" + m + "`").orElse("the ring") + " may be full");
      case Inst.CallKernel call when ObjectFunction.of(call.function()).isPresent() ->
          ObjectFunction.of(call.function()).map(ObjectFunction::whyNull);
      case Inst.CallKernel call ->
          call.function()
              .signature()
              .filter(
                  s ->
                      s.result() == Signature.Result.SOCKET_OR_NULL
                          || s.result() == Signature.Result.BORROWED_SOCKET_OR_NULL
                          || s.result() == Signature.Result.KERNEL_POINTER)
              .map(_ -> call.function().phrase() + " may find nothing");
      case Inst.Load load when load.region().kind() == Region.Kind.MAP ->
          Optional.of("`" + load.region().name() + "` may have no value for the key");
      case Inst.Load load when load.region().kind() == Region.Kind.STACK ->
          Optional.of("the kernel's pointer may be null");
      default -> Optional.empty();
    };
  }

  /// Whether it is where the metadata before a packet begins.
  private boolean isMetadata(Value pointer) {
    return definitions.of(pointer).orElse(null) instanceof Inst.Load load
        && load.size() == MemorySize.W
        && ContextLayout.isMeta(load.offset());
  }

  /// The constant distance of a packet pointer from the packet's start.
  private OptionalLong packetEnd(Value pointer) {
    return switch (definitions.of(pointer).orElse(null)) {
      case Inst.PtrAdd add -> {
        OptionalLong outer = definitions.constant(add.offset());
        OptionalLong inner = packetEnd(add.base());
        yield outer.isPresent() && inner.isPresent()
            ? OptionalLong.of(outer.getAsLong() + inner.getAsLong())
            : OptionalLong.empty();
      }
      case Inst.Load _ -> OptionalLong.of(0);
      case null, default -> OptionalLong.empty();
    };
  }
}
