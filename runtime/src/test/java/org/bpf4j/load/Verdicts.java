package org.bpf4j.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpf4j.attach.LinuxHooks;
import org.bpf4j.isa.InsnCodec;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.ElfReader;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.MapTraits;
import org.bpf4j.object.Relocation;

/// A command for developers: what the running kernel says of each program of objects of any
/// compiler, each loaded alone, a line of `object TAB program TAB verdict [TAB instructions] [TAB
/// reason]`, so that other loaders' lines can be compared.
///
/// Arguments: `-x` for the instructions in hexadecimal, in which the descriptors of maps are hashes
/// of their names; `-v` for the reasons of what fails; then the objects.
final class Verdicts {

  private final PrintStream out;
  private final boolean hex;
  private final boolean reasons;
  private String insns = "-";

  private Verdicts(PrintStream out, List<String> options) {
    this.out = out;
    this.hex = options.contains("-x");
    this.reasons = options.contains("-v");
  }

  public static void main(String[] arguments) {
    List<String> options = List.of(arguments).stream().filter(a -> a.startsWith("-")).toList();
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    Verdicts verdicts = new Verdicts(out, options);
    List.of(arguments).stream().filter(a -> !a.startsWith("-")).forEach(verdicts::file);
    out.flush();
  }

  private void file(String name) {
    Optional<BpfObject> object = read(name);
    List<String> programs =
        object.stream().flatMap(o -> o.programs().stream()).map(BpfFunction::name).toList();
    for (String program : programs) {
      load(name, program, object.orElseThrow(), except(programs, program));
    }
    if (object.isPresent() && programs.isEmpty()) {
      load(name, "-", object.get(), Set.of());
    }
    out.flush();
  }

  private static Set<String> except(List<String> programs, String one) {
    return programs.stream().filter(name -> !name.equals(one)).collect(Collectors.toSet());
  }

  private Optional<BpfObject> read(String name) {
    try {
      return Optional.of(unpinned(ElfReader.read(Files.readAllBytes(Path.of(name)))));
    } catch (MalformedObjectException e) {
      line(name, "-", "open", e);
    } catch (RuntimeException | IOException e) {
      line(name, "-", "crash", e);
    }
    return Optional.empty();
  }

  /// The same object, of which nothing stays in the kernel.
  private static BpfObject unpinned(BpfObject object) {
    return new BpfObject(
        object.license(),
        object.code(),
        object.maps().stream().map(Verdicts::unpinned).toList(),
        object.data(),
        object.btf(),
        object.note(),
        object.origins());
  }

  private static MapDefinition unpinned(MapDefinition map) {
    MapTraits traits = map.traits();
    return map.with(
        new MapTraits(false, traits.numaNode(), traits.extra(), traits.inner(), traits.slots()));
  }

  private void load(String name, String program, BpfObject object, Set<String> others) {
    insns = "-";
    LoadRequest request = new LoadRequest(object, Verdicts.class, Map.of(), Map.of(), others);
    try {
      new ObjectLoader(
              request,
              LinuxHooks::attach,
              KernelTypes.CANDIDATES,
              (assembly, patched) -> relocated(object, assembly, patched))
          .load()
          .close();
      out.println(String.join("\t", columns(name, program, "ok")));
    } catch (org.bpf4j.kernel.BpfException | MalformedObjectException e) {
      line(name, program, "failed", e);
    } catch (IllegalArgumentException e) {
      boolean extension = String.valueOf(e.getMessage()).contains("configure().replace");
      line(name, program, extension ? "failed" : "crash", e);
    } catch (RuntimeException e) {
      line(name, program, "crash", e);
    }
  }

  private List<String> columns(String name, String program, String verdict) {
    return hex ? List.of(name, program, verdict, insns) : List.of(name, program, verdict);
  }

  private void line(String name, String program, String verdict, Exception e) {
    String line = String.join("\t", columns(name, program, verdict));
    String reason = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    out.println(reasons ? line + "\t" + e.getClass().getSimpleName() + ": " + reason : line);
    if (reasons && verdict.equals("crash")) {
      e.printStackTrace(out);
    }
  }

  private void relocated(BpfObject object, Assembly assembly, Patched patched) {
    ByteBuffer bytes =
        ByteBuffer.wrap(InsnCodec.encode(patched.insns())).order(ByteOrder.LITTLE_ENDIAN);
    for (Assembly.Placed placed : assembly.functions()) {
      for (Relocation relocation : placed.function().relocations()) {
        int at = (placed.start() + relocation.at().value()) * InsnCodec.SLOT_BYTES;
        switch (relocation.target()) {
          case Relocation.Target.MapReference(String map) -> bytes.putInt(at + 4, map.hashCode());
          case Relocation.Target.DataReference(String section, _) ->
              bytes.putInt(at + 4, name(object, section).hashCode());
          default -> {}
        }
      }
    }
    insns = HexFormat.of().formatHex(bytes.array());
  }

  /// What libbpf calls the map of a section.
  private static String name(BpfObject object, String section) {
    if (section.equals(DataSection.ARENA)) {
      return object.maps().stream()
          .filter(map -> map.kind() == MapKind.ARENA)
          .map(MapDefinition::name)
          .findFirst()
          .orElse(section);
    }
    return section.startsWith(".bss") ? ".bss" : section;
  }
}
