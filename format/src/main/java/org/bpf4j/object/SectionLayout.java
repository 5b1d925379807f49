package org.bpf4j.object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.SectionVar;
import org.bpf4j.isa.MalformedObjectException;

/// Completes what clang leaves open in BTF: the sizes of sections of variables and the variables'
/// offsets, which it leaves to relocations of `.BTF`.
///
/// As libbpf does, the offsets are taken from the symbols instead. A section that has a size is
/// complete. The kernel's configuration is in no section of the file: its variables are laid out
/// one behind the other.
final class SectionLayout {

  /// The most bytes of configuration, which cost nothing in a file.
  private static final int MAX_CONFIGURATION = 1 << 20;

  private final ElfFile file;
  private final Map<String, Integer> sections = new HashMap<>();
  private final Map<Place, Long> offsets = new HashMap<>();

  private SectionLayout(ElfFile file) {
    this.file = file;
    for (int i = file.sections().size() - 1; i > 0; i--) {
      sections.put(file.sections().get(i).name(), i);
    }
    for (ElfFile.Symbol symbol : file.symbols()) {
      if (symbol.type() == ElfFile.STT_OBJECT) {
        offsets.putIfAbsent(new Place(symbol.section(), symbol.name()), symbol.value());
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

  private static BtfType.DataSection inOrder(Btf btf, BtfType.DataSection data) {
    List<SectionVar> vars = new ArrayList<>();
    long end = 0;
    for (SectionVar var : data.vars()) {
      long size =
          btf.find(var.var()).orElse(null) instanceof BtfType.Var(_, int type, _)
              ? btf.sizeOf(type).orElse(0)
              : 0;
      long align = Math.clamp(Long.lowestOneBit(size), 1, Long.BYTES);
      long offset = (end + align - 1) / align * align;
      end = offset + size;
      if (size <= 0 || end > MAX_CONFIGURATION) {
        throw new MalformedObjectException("section " + data.name() + " has no proper variables");
      }
      vars.add(new SectionVar(var.var(), (int) offset, (int) size));
    }
    int bytes = (int) (end + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    return new BtfType.DataSection(data.name(), bytes, vars);
  }

  private BtfType complete(Btf btf, BtfType.DataSection data, int section) {
    long size = file.sections().get(section).size();
    List<SectionVar> vars = new ArrayList<>();
    for (SectionVar var : data.vars()) {
      String name = btf.find(var.var()).map(BtfType::name).orElse("");
      long offset = offsets.getOrDefault(new Place(section, name), (long) var.offset());
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
