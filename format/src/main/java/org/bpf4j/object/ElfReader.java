package org.bpf4j.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfReader;
import org.bpf4j.btf.BtfType;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.ElfFile.Section;
import org.bpf4j.object.Relocation.Target.MapReference;

/// Reads an object from a relocatable ELF file, ours or clang's.
///
/// `read(write(x))` equals `x` if the relocated instructions of `x` are
/// [placeholders][Relocation#placeholder] and its relocations, CO-RE relocations and lines stand in
/// ascending order. What a [BpfObject] cannot say, such as maps in the style before BTF, is refused
/// with a message. Bytes that are broken in any way are a [MalformedObjectException].
public final class ElfReader {

  /// The most bytes of `.bss` sections together: they cost nothing in a file, but memory here.
  public static final int MAX_BSS_BYTES = 1 << 26;

  private final ElfFile file;
  private long bss;

  private ElfReader(ElfFile file) {
    this.file = file;
  }

  /// Reads an object.
  ///
  /// @throws MalformedObjectException if the file is broken or uses what is unsupported
  public static BpfObject read(byte[] bytes) {
    try {
      return new ElfReader(ElfFile.parse(bytes)).object();
    } catch (MalformedObjectException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new MalformedObjectException(String.valueOf(e.getMessage()), e);
    }
  }

  private BpfObject object() {
    refuse("maps", "maps in the style before BTF are unsupported: declare them in .maps");
    Optional<BtfReader> reader = file.section(".BTF").map(s -> BtfReader.open(s.copy()));
    Btf btf =
        reader.map(BtfReader::types).map(t -> SectionLayout.complete(t, file)).orElse(Btf.EMPTY);
    List<MapDefinition> maps = MapSlots.read(file, btf, MapBtf.read(btf));
    Optional<BtfExt> ext =
        reader.flatMap(
            strings -> file.section(".BTF.ext").map(s -> BtfExt.parse(s.bytes(), strings)));
    return new BpfObject(
        license(),
        code(btf, maps, ext.orElse(new BtfExt(List.of(), List.of(), List.of()))),
        maps,
        data(btf),
        btf,
        file.section(NoteText.SECTION).map(NoteText::parse),
        file.section(OriginText.SECTION).map(OriginText::parse).orElse(List.of()));
  }

  private void refuse(String section, String why) {
    if (file.section(section).isPresent()) {
      throw new MalformedObjectException("section " + section + ": " + why);
    }
  }

  private String license() {
    Optional<Section> section = file.section("license");
    if (section.isEmpty()) {
      return "";
    }
    String text = new String(section.get().copy(), StandardCharsets.US_ASCII);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  /// The kernel's configuration, if the object asks for it; its symbols say what is optional.
  private Optional<DataSection> configuration(Btf btf) {
    OptionalInt id = ObjectBtf.section(btf, DataSection.KERNEL_CONFIG);
    if (id.isEmpty() || !(btf.type(id.getAsInt()) instanceof BtfType.DataSection layout)) {
      return Optional.empty();
    }
    List<String> optional =
        layout.vars().stream()
            .map(var -> btf.find(var.var()).map(BtfType::name).orElse(""))
            .filter(
                name ->
                    file.symbols().stream()
                        .anyMatch(
                            symbol ->
                                symbol.name().equals(name)
                                    && symbol.section() == 0
                                    && symbol.binding() == ElfFile.STB_WEAK))
            .toList();
    if (layout.bytes() < 0 || layout.bytes() > MAX_BSS_BYTES) {
      throw new MalformedObjectException("section " + layout.name() + " is too large");
    }
    return Optional.of(
        new DataSection(
            layout.name(), new byte[layout.bytes()], id.getAsInt(), optional, new TreeMap<>()));
  }

  private List<DataSection> data(Btf btf) {
    List<DataSection> data = new ArrayList<>();
    for (int i = 0; i < file.sections().size(); i++) {
      Section section = file.sections().get(i);
      if (!isData(section) || section.size() == 0) {
        continue;
      }
      byte[] bytes = section.copy();
      if (section.type() == ElfFile.SHT_NOBITS) {
        bss += section.size();
        if (section.size() < 0 || bss > MAX_BSS_BYTES) {
          throw new MalformedObjectException("the .bss sections are larger than 64 MiB");
        }
        bytes = new byte[(int) section.size()];
      }
      int type = ObjectBtf.section(btf, section.name()).orElse(0);
      DataSection read = new DataSection(section.name(), bytes, type);
      data.add(
          read.isOperations()
              ? new DataSection(
                  section.name(), bytes, type, List.of(), Operations.read(file, i, bytes.length))
              : read);
    }
    configuration(btf).ifPresent(data::add);
    return data;
  }

  static boolean isData(Section section) {
    String name = section.name();
    boolean named =
        Set.of(".rodata", ".data", ".bss", DataSection.STRUCT_OPS, DataSection.STRUCT_OPS_LINK)
                .contains(name)
            || name.startsWith(".rodata.")
            || name.startsWith(".data.")
            || name.startsWith(".bss.");
    boolean typed = section.type() == ElfFile.SHT_PROGBITS || section.type() == ElfFile.SHT_NOBITS;
    return named && typed && (section.flags() & ElfFile.SHF_ALLOC) != 0;
  }

  private List<CodeSection> code(Btf btf, List<MapDefinition> maps, BtfExt ext) {
    Map<String, CodeReader> readers = new LinkedHashMap<>();
    Map<Integer, CodeReader> byIndex = new HashMap<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < file.sections().size(); i++) {
      Section section = file.sections().get(i);
      if (section.isCode() && section.size() > 0) {
        CodeReader reader = new CodeReader(file, i, configured(btf));
        if (readers.put(section.name(), reader) != null) {
          throw new MalformedObjectException("two sections are called " + section.name());
        }
        byIndex.put(i, reader);
        for (CodeReader.Place place : reader.places()) {
          if (!names.add(place.name())) {
            throw new MalformedObjectException("two functions are called " + place.name());
          }
        }
      }
    }
    CodeReader text = readers.get(CodeSection.TEXT);
    for (Section section : file.sections()) {
      CodeReader patched = byIndex.get(section.info());
      if (section.type() == ElfFile.SHT_REL && patched != null) {
        patched.relocate(section, text);
      }
    }
    annotate(btf, ext, readers);
    List<CodeSection> code = new ArrayList<>();
    readers.forEach((name, reader) -> code.add(new CodeSection(name, reader.functions())));
    checkMaps(code, maps);
    return code;
  }

  /// Where the variables of the kernel's configuration are, by name.
  private static Map<String, Integer> configured(Btf btf) {
    Map<String, Integer> offsets = new HashMap<>();
    OptionalInt id = ObjectBtf.section(btf, DataSection.KERNEL_CONFIG);
    if (id.isPresent() && btf.type(id.getAsInt()) instanceof BtfType.DataSection layout) {
      for (BtfType.SectionVar var : layout.vars()) {
        btf.find(var.var()).ifPresent(found -> offsets.put(found.name(), var.offset()));
      }
    }
    return offsets;
  }

  private static void checkMaps(List<CodeSection> code, List<MapDefinition> maps) {
    Set<String> names = maps.stream().map(MapDefinition::name).collect(Collectors.toSet());
    for (CodeSection section : code) {
      for (BpfFunction function : section.functions()) {
        for (Relocation relocation : function.relocations()) {
          if (relocation.target() instanceof MapReference(String map) && !names.contains(map)) {
            throw new MalformedObjectException(function.name() + " uses no known map: " + map);
          }
        }
      }
    }
  }

  /// Gives each record of `.BTF.ext` to the function it speaks of.
  private static void annotate(Btf btf, BtfExt ext, Map<String, CodeReader> readers) {
    for (BtfExt.At<BtfExt.FunctionType> at : ext.functions()) {
      CodeReader reader = readers.get(at.section());
      if (reader != null) {
        if (at.what().type() < 1 || at.what().type() > btf.count()) {
          throw new MalformedObjectException("a function has no BTF type " + at.what().type());
        }
        reader.place(at.offset()).type(at.offset(), at.what().type());
      }
    }
    for (BtfExt.At<BtfExt.Line> at : ext.lines()) {
      CodeReader reader = readers.get(at.section());
      if (reader != null) {
        CodeReader.Place place = reader.place(at.offset());
        BtfExt.Line line = at.what();
        InsnIndex index = place.index(at.offset());
        place.lines.add(
            new LineRecord(index, line.file(), line.text(), line.line(), line.column()));
      }
    }
    for (BtfExt.At<BtfExt.Core> at : ext.relocations()) {
      CodeReader reader = readers.get(at.section());
      if (reader != null) {
        CodeReader.Place place = reader.place(at.offset());
        BtfExt.Core core = at.what();
        if (core.type() < 1 || core.type() > btf.count()) {
          throw new MalformedObjectException("a relocation starts at no BTF type " + core.type());
        }
        InsnIndex index = place.index(at.offset());
        place.core.add(new CoreRelocation(index, core.type(), core.path(), core.kind()));
      }
    }
  }
}
