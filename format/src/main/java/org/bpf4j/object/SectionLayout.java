package org.bpf4j.object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.SectionVar;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.isa.MalformedObjectException;

/// Completes what clang leaves open in BTF: the sizes of sections of variables and the variables'
/// offsets, which it leaves to relocations of `.BTF`.
///
/// As libbpf does, the offsets are taken from the symbols instead. A section that has a size is
/// complete. The kernel's configuration is in no section of the file, and is laid out here.
final class SectionLayout {

  /// The most bytes of configuration, which cost nothing in a file.
  private static final int MAX_CONFIGURATION = 1 << 20;

  private final ElfFile file;
  private final Map<String, Integer> sections = new HashMap<>();
  private final Map<Place, Long> offsets = new HashMap<>();
  private final Set<String> placed = new HashSet<>();

  private SectionLayout(ElfFile file) {
    this.file = file;
    for (int i = file.sections().size() - 1; i > 0; i--) {
      sections.put(file.sections().get(i).name(), i);
    }
    for (ElfFile.Symbol symbol : file.symbols()) {
      if (symbol.type() == ElfFile.STT_OBJECT && symbol.section() != 0) {
        offsets.putIfAbsent(new Place(symbol.section(), symbol.name()), symbol.value());
        placed.add(symbol.name());
      }
    }
  }

  private record Place(int section, String symbol) {}

  static Btf complete(Btf btf, ElfFile file) {
    SectionLayout layout = new SectionLayout(file);
    List<BtfType> types = new ArrayList<>(btf.types());
    for (int i = 0; i < types.size(); i++) {
      if (types.get(i) instanceof BtfType.DataSection data && data.bytes() == 0) {
        Integer section = layout.sections.get(data.name());
        if (data.name().equals(DataSection.KERNEL_CONFIG)) {
          types.set(i, inOrder(btf, data));
        } else if (section != null) {
          types.set(i, layout.complete(btf, data, section));
        }
      }
    }
    return new Btf(types);
  }

  /// A variable of the configuration that has no place yet.
  private record Unplaced(SectionVar var, String name, long size, long align) {

    static Unplaced of(Btf btf, SectionVar var) {
      if (btf.find(var.var()).orElse(null) instanceof BtfType.Var(String name, int type, _)) {
        return new Unplaced(var, name, btf.sizeOf(type).orElse(0), alignment(btf, type));
      }
      return new Unplaced(var, "", 0, 1);
    }

    /// Numbers are aligned to their size, arrays as their elements are.
    private static long alignment(Btf btf, int type) {
      int element = btf.resolve(type);
      for (int depth = 0; depth < BtfTypes.MAX_DEPTH; depth++) {
        if (element == 0 || !(btf.type(element) instanceof BtfType.Array array)) {
          break;
        }
        element = btf.resolve(array.element());
      }
      return Math.clamp(Long.lowestOneBit(btf.sizeOf(element).orElse(1)), 1, Long.BYTES);
    }
  }

  /// In libbpf's order, so that the instructions are the same: the most aligned first, of those the
  /// smallest, then by name.
  private static BtfType.DataSection inOrder(Btf btf, BtfType.DataSection data) {
    List<Unplaced> unplaced =
        data.vars().stream()
            .map(var -> Unplaced.of(btf, var))
            .sorted(
                Comparator.comparingLong(Unplaced::align)
                    .reversed()
                    .thenComparingLong(Unplaced::size)
                    .thenComparing(Unplaced::name))
            .toList();
    List<SectionVar> vars = new ArrayList<>();
    long end = 0;
    for (Unplaced next : unplaced) {
      long offset = Math.ceilDiv(end, next.align()) * next.align();
      end = offset + next.size();
      if (next.size() <= 0 || end > MAX_CONFIGURATION) {
        throw new MalformedObjectException("section " + data.name() + " has no proper variables");
      }
      vars.add(new SectionVar(next.var().var(), (int) offset, (int) next.size()));
    }
    return new BtfType.DataSection(data.name(), (int) end, vars);
  }

  /// LLVM 14 describes a constant with pointers in it under `.rodata`, and puts it into
  /// `.data.rel.ro`: what has its place elsewhere is left out.
  private BtfType complete(Btf btf, BtfType.DataSection data, int section) {
    long size = file.sections().get(section).size();
    List<SectionVar> vars = new ArrayList<>();
    for (SectionVar var : data.vars()) {
      String name = btf.find(var.var()).map(BtfType::name).orElse("");
      Long place = offsets.get(new Place(section, name));
      if (place == null && placed.contains(name)) {
        continue;
      }
      long offset = place == null ? var.offset() : place;
      if (offset < 0 || var.size() < 0 || offset > size - var.size()) {
        throw new MalformedObjectException(name + " leaves its section " + data.name());
      }
      vars.add(new SectionVar(var.var(), (int) offset, var.size()));
    }
    if (size != (int) size) {
      throw new MalformedObjectException("section " + data.name() + " is too large");
    }
    vars.sort(Comparator.comparingInt(SectionVar::offset));
    return new BtfType.DataSection(data.name(), (int) size, vars);
  }
}
