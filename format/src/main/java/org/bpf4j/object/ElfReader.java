package org.bpf4j.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.ElfFile.Section;

/// Reads an object from a relocatable ELF file, of any compiler.
///
/// `read(write(x))` equals `x` if the relocated instructions of `x` are
/// [placeholders][Relocation#placeholder] and its relocations, CO-RE relocations and lines stand in
/// ascending order. What a [BpfObject] cannot say is refused with a message. Bytes that are broken
/// in any way are a [MalformedObjectException].
public final class ElfReader {

  /// The most bytes of `.bss` sections together: they cost nothing in a file, but memory here.
  public static final int MAX_BSS_BYTES = 1 << 26;

  /// The most bytes of the kernel's configuration, which is not in the file: each option is a
  /// number or a short text.
  private static final int MAX_CONFIGURATION_BYTES = 1 << 16;

  /// The functions of memory that compilers call of their own accord. What a compiler brings with
  /// it for that is global, as in objects of Aya, and takes more memory than the kernel lets a
  /// function have that is verified alone.
  private static final Set<String> OF_COMPILERS =
      Set.of("memcpy", "memmove", "memset", "memcmp", "bcmp");

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
    Optional<BtfReader> reader = file.section(".BTF").map(s -> BtfReader.open(s.copy()));
    List<FunctionSymbols.Function> functions = FunctionSymbols.of(file);
    BtfExt ext =
        reader
            .flatMap(strings -> file.section(".BTF.ext").map(s -> BtfExt.parse(s.bytes(), strings)))
            .orElse(new BtfExt(List.of(), List.of(), List.of()));
    Btf btf =
        reader
            .map(BtfReader::types)
            .map(types -> SectionLayout.complete(types, file))
            .map(types -> staticIfHidden(types, functions))
            .map(types -> staticIfLocal(types, functions, ext))
            .orElse(Btf.EMPTY);
    List<LegacyMaps.Placed> legacy = LegacyMaps.read(file);
    List<MapDefinition> maps = new ArrayList<>(MapSlots.read(file, btf, MapBtf.read(btf)));
    legacy.forEach(map -> maps.add(map.map()));
    distinct(maps);
    return new BpfObject(
        license(),
        code(functions, btf, legacy, ext),
        maps,
        data(btf),
        btf,
        file.section(NoteText.SECTION).map(NoteText::parse),
        file.section(OriginText.SECTION).map(OriginText::parse).orElse(List.of()));
  }

  /// The types, in which what is hidden is static: the kernel verifies such functions where they
  /// are called, and nobody but programs uses such variables.
  private Btf staticIfHidden(Btf btf, List<FunctionSymbols.Function> functions) {
    Set<String> hidden =
        functions.stream()
            .filter(f -> f.hidden() || OF_COMPILERS.contains(f.name()) && isText(f))
            .map(FunctionSymbols.Function::name)
            .collect(Collectors.toSet());
    Set<String> variables =
        file.symbols().stream()
            .filter(s -> s.isHidden() && s.isGlobal() && s.type() == ElfFile.STT_OBJECT)
            .map(ElfFile.Symbol::name)
            .collect(Collectors.toSet());
    if (hidden.isEmpty() && variables.isEmpty()) {
      return btf;
    }
    return new Btf(
        btf.types().stream()
            .map(
                type ->
                    switch (type) {
                      case BtfType.Func(String name, _, int proto) when hidden.contains(name) ->
                          new BtfType.Func(name, BtfType.Linkage.STATIC, proto);
                      case BtfType.Var(String name, int of, _) when variables.contains(name) ->
                          new BtfType.Var(name, of, BtfType.Linkage.STATIC);
                      default -> type;
                    })
            .toList());
  }

  /// Linkers that make functions local leave the types of Rust's as they were, and these have other
  /// names than the symbols: what is said about the place leads to them.
  private Btf staticIfLocal(Btf btf, List<FunctionSymbols.Function> functions, BtfExt ext) {
    Set<Place> local = new HashSet<>();
    for (FunctionSymbols.Function function : functions) {
      if (!function.global()) {
        local.add(new Place(file.sections().get(function.section()).name(), function.start()));
      }
    }
    List<BtfType> types = new ArrayList<>(btf.types());
    boolean same = true;
    for (BtfExt.At<BtfExt.FunctionType> at : ext.functions()) {
      int id = at.what().type();
      if (local.contains(new Place(at.section(), at.offset()))
          && btf.find(id).orElse(null) instanceof BtfType.Func(String name, var linkage, int proto)
          && linkage == BtfType.Linkage.GLOBAL) {
        types.set(id - 1, new BtfType.Func(name, BtfType.Linkage.STATIC, proto));
        same = false;
      }
    }
    return same ? btf : new Btf(types);
  }

  /// A byte of the section of that name.
  private record Place(String section, int offset) {}

  private boolean isText(FunctionSymbols.Function function) {
    return CodeSection.isText(file.sections().get(function.section()).name());
  }

  private static void distinct(List<MapDefinition> maps) {
    Set<String> names = new HashSet<>();
    for (MapDefinition map : maps) {
      if (!names.add(map.name())) {
        throw new MalformedObjectException("two maps are called " + map.name());
      }
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
    if (layout.bytes() < 0 || layout.bytes() > MAX_CONFIGURATION_BYTES) {
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
        if (section.size() < 0 || section.size() > MAX_BSS_BYTES - bss) {
          throw new MalformedObjectException("the .bss sections are larger than 64 MiB");
        }
        bss += section.size();
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
    boolean typed = section.type() == ElfFile.SHT_PROGBITS || section.type() == ElfFile.SHT_NOBITS;
    return typed
        && (section.flags() & ElfFile.SHF_ALLOC) != 0
        && DataSection.isNamed(section.name());
  }

  private List<CodeSection> code(
      List<FunctionSymbols.Function> all, Btf btf, List<LegacyMaps.Placed> legacy, BtfExt ext) {
    Map<Integer, List<FunctionSymbols.Function>> functions =
        all.stream().collect(Collectors.groupingBy(FunctionSymbols.Function::section));
    Map<String, CodeReader> readers = new LinkedHashMap<>();
    Map<Integer, CodeReader> byIndex = new TreeMap<>();
    for (int i = 0; i < file.sections().size(); i++) {
      if (functions.containsKey(i)) {
        String name = file.sections().get(i).name();
        CodeReader reader = new CodeReader(file, i, functions.get(i));
        if (readers.put(name, reader) != null) {
          throw new MalformedObjectException("two sections are called " + name);
        }
        byIndex.put(i, reader);
      }
    }
    Referents referents = new Referents(file, btf, legacy, byIndex);
    for (Section section : file.sections()) {
      CodeReader patched = byIndex.get(section.info());
      if (section.type() == ElfFile.SHT_REL && patched != null) {
        patched.relocate(section, referents);
      }
    }
    annotate(btf, ext, readers);
    List<CodeSection> code = new ArrayList<>();
    readers.forEach((name, reader) -> code.add(new CodeSection(name, reader.functions())));
    return code;
  }

  /// Gives each record of `.BTF.ext` to the function it speaks of, if it speaks of one.
  private static void annotate(Btf btf, BtfExt ext, Map<String, CodeReader> readers) {
    for (BtfExt.At<BtfExt.FunctionType> at : ext.functions()) {
      place(at, readers).ifPresent(place -> place.type(at.offset(), known(btf, at.what().type())));
    }
    for (BtfExt.At<BtfExt.Line> at : ext.lines()) {
      BtfExt.Line line = at.what();
      place(at, readers)
          .ifPresent(
              place ->
                  place.lines.add(
                      new LineRecord(
                          place.index(at.offset()),
                          line.file(),
                          line.text(),
                          line.line(),
                          line.column())));
    }
    for (BtfExt.At<BtfExt.Core> at : ext.relocations()) {
      BtfExt.Core core = at.what();
      place(at, readers)
          .ifPresent(
              place ->
                  place.core.add(
                      new CoreRelocation(
                          place.index(at.offset()),
                          known(btf, core.type()),
                          core.path(),
                          core.kind())));
    }
  }

  private static Optional<CodeReader.Place> place(
      BtfExt.At<?> at, Map<String, CodeReader> readers) {
    return Optional.ofNullable(readers.get(at.section()))
        .flatMap(reader -> reader.place(at.offset()));
  }

  private static int known(Btf btf, int type) {
    if (type < 1 || type > btf.count()) {
      throw new MalformedObjectException(".BTF.ext speaks of a BTF type " + type);
    }
    return type;
  }
}
