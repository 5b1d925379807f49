package org.bpf4j.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.CoreRelocation;

/// Fills in CO-RE relocations from the types that the simulated kernel has.
///
/// Types are found by kind and name, their members by name. What is not there makes a poisoned
/// instruction, which faults if it is reached: programs guard such accesses by existence tests.
final class CoreRelocator {

  /// A helper that no kernel has, in place of an instruction that cannot be relocated.
  static final int POISON = 0xbad2310;

  private final BtfTypes local;
  private final Optional<BtfTypes> kernel;

  /// @param local the object's types
  /// @param kernel the kernel's; if absent, it has x86-64's registers and what the object declares
  CoreRelocator(BtfTypes local, Optional<BtfTypes> kernel) {
    this.local = local;
    this.kernel = kernel;
  }

  /// The function's instructions with every relocated constant in place.
  List<Insn> apply(BpfFunction function) {
    Map<Integer, CoreRelocation> relocations = new HashMap<>();
    function.coreRelocations().forEach(r -> relocations.put(r.at().value(), r));
    List<Insn> patched = new ArrayList<>();
    int at = 0;
    for (Insn insn : function.insns()) {
      CoreRelocation relocation = relocations.get(at);
      if (relocation == null) {
        patched.add(insn);
      } else {
        patched.addAll(patch(insn, relocation));
      }
      at += insn.slots();
    }
    return patched;
  }

  private List<Insn> patch(Insn insn, CoreRelocation relocation) {
    OptionalLong value = value(relocation);
    if (value.isEmpty()) {
      Insn poison = new Insn.Call(Insn.CallKind.HELPER, POISON);
      return insn.slots() == 2 ? List.of(poison, poison) : List.of(poison);
    }
    long constant = value.getAsLong();
    return List.of(
        switch (insn) {
          case Insn.Alu i ->
              new Insn.Alu(i.width(), i.op(), i.dst(), new Insn.Operand.Imm((int) constant));
          case Insn.LoadImm64 i -> new Insn.LoadImm64(i.dst(), i.kind(), constant);
          case Insn.Load i ->
              new Insn.Load(size(i, relocation), i.signed(), i.dst(), i.base(), (int) constant);
          case Insn.Store i -> new Insn.Store(i.size(), i.base(), (int) constant, i.src());
          case Insn.MoveSignExtend _,
              Insn.Swap _,
              Insn.Atomic _,
              Insn.Ordered _,
              Insn.Jump _,
              Insn.Branch _,
              Insn.MayGoto _,
              Insn.Call _,
              Insn.CallRegister _,
              Insn.Exit _,
              Insn.LegacyLoad _,
              Insn.AddressSpaceCast _ ->
              throw new MalformedObjectException("a CO-RE relocation stands at " + insn);
        });
  }

  /// A load follows the size that the field has in the kernel, as far as it is unsigned.
  private MemorySize size(Insn.Load load, CoreRelocation relocation) {
    long bytes = place(relocation).map(CoreField::bytes).orElse(0L);
    boolean loadable = bytes > 0 && bytes <= Long.BYTES && Long.bitCount(bytes) == 1;
    return loadable && !load.signed() ? MemorySize.ofBytes((int) bytes) : load.size();
  }

  private OptionalLong value(CoreRelocation relocation) {
    return switch (relocation.kind()) {
      case FIELD_BYTE_OFFSET -> of(place(relocation).map(CoreField::offset));
      case FIELD_BYTE_SIZE -> of(place(relocation).map(CoreField::bytes));
      case FIELD_EXISTS -> OptionalLong.of(place(relocation).isPresent() ? 1 : 0);
      case FIELD_SIGNED -> of(place(relocation).map(field -> field.isSigned() ? 1L : 0L));
      case FIELD_LSHIFT_U64 -> of(place(relocation).map(CoreField::leftShift));
      case FIELD_RSHIFT_U64 -> of(place(relocation).map(CoreField::rightShift));
      case TYPE_ID_LOCAL -> OptionalLong.of(relocation.typeId());
      case TYPE_ID_TARGET -> of(root(relocation).map(found -> (long) found.type()));
      case TYPE_EXISTS, TYPE_MATCHES -> OptionalLong.of(root(relocation).isPresent() ? 1 : 0);
      case TYPE_SIZE -> of(root(relocation).map(CoreField::bytes));
      case ENUMVAL_EXISTS -> OptionalLong.of(enumerator(relocation).isPresent() ? 1 : 0);
      case ENUMVAL_VALUE -> of(enumerator(relocation));
    };
  }

  private static OptionalLong of(Optional<Long> value) {
    return value.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  /// The kernel's type that a relocation starts from.
  private Optional<CoreField> root(CoreRelocation relocation) {
    return roots(relocation).findFirst();
  }

  /// The kernel's types of the same kind and name, the ones that count most first.
  private Stream<CoreField> roots(CoreRelocation relocation) {
    int wanted = relocation.typeId();
    BtfType type = local.type(wanted);
    return kernel
        .map(types -> named(types, type))
        .orElseGet(
            () ->
                Stream.concat(named(PtRegs.TYPES, type), Stream.of(CoreField.root(local, wanted))));
  }

  private static Stream<CoreField> named(BtfTypes types, BtfType wanted) {
    String name = essential(wanted.name());
    List<Integer> ids =
        switch (types) {
          case BtfNames names -> names.find(wanted.getClass(), name);
          case Btf btf ->
              IntStream.rangeClosed(1, btf.count())
                  .filter(id -> btf.type(id).getClass() == wanted.getClass())
                  .filter(id -> btf.type(id).name().equals(name))
                  .boxed()
                  .toList();
        };
    return ids.stream().map(id -> CoreField.root(types, id));
  }

  /// The field that a relocation means, in the first of the kernel's types that has it.
  private Optional<CoreField> place(CoreRelocation relocation) {
    long[] path = indices(relocation);
    return roots(relocation)
        .map(root -> follow(relocation, path, root.skip(path[0])))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// Walks the object's types by index, and the kernel's by the names met on the way.
  private Optional<CoreField> follow(CoreRelocation relocation, long[] path, CoreField root) {
    CoreField ours = CoreField.root(local, relocation.typeId());
    Optional<CoreField> theirs = Optional.of(root);
    for (int i = 1; i < path.length; i++) {
      long index = path[i];
      List<BtfType.Member> members = ours.members();
      if (members.isEmpty()) {
        ours = ours.element(index).orElseThrow(() -> broken(relocation));
        theirs = theirs.flatMap(field -> field.element(index));
        continue;
      }
      if (index >= members.size()) {
        throw broken(relocation);
      }
      BtfType.Member member = members.get((int) index);
      ours = ours.of(member);
      theirs =
          member.name().isEmpty() ? theirs : theirs.flatMap(field -> field.member(member.name()));
    }
    return theirs;
  }

  private Optional<Long> enumerator(CoreRelocation relocation) {
    List<BtfType.EnumValue> values = values(local.type(local.resolve(relocation.typeId())));
    long index = indices(relocation)[0];
    if (index >= values.size()) {
      throw broken(relocation);
    }
    String name = essential(values.get((int) index).name());
    return roots(relocation)
        .flatMap(root -> values(root.types().type(root.type())).stream())
        .filter(value -> essential(value.name()).equals(name))
        .map(BtfType.EnumValue::value)
        .findFirst();
  }

  private static List<BtfType.EnumValue> values(BtfType type) {
    return type instanceof BtfType.Enum small
        ? small.values()
        : type instanceof BtfType.Enum64 large ? large.values() : List.of();
  }

  private static long[] indices(CoreRelocation relocation) {
    try {
      return Arrays.stream(relocation.path().split(":", -1))
          .mapToLong(Integer::parseUnsignedInt)
          .map(index -> index & 0x7fff_ffffL)
          .toArray();
    } catch (NumberFormatException _) {
      throw broken(relocation);
    }
  }

  private static MalformedObjectException broken(CoreRelocation relocation) {
    return new MalformedObjectException("a CO-RE path leads nowhere: " + relocation);
  }

  /// A name without its flavour: `task_struct___old` describes `task_struct`.
  private static String essential(String name) {
    int flavour = name.indexOf("___");
    return flavour > 0 ? name.substring(0, flavour) : name;
  }
}
