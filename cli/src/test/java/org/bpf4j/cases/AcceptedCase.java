package org.bpf4j.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.bpf4j.cases.Compiled.Loadable;
import org.bpf4j.cases.Runs.Scenario;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.NotPermittedException;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.ElfReader;
import org.bpf4j.object.ElfWriter;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/// The tests of a case that compiles; each compilation happens once, when a test needs it.
final class AcceptedCase {

  private static final Javac JAVAC = new Javac();

  /// Where the objects are put, for other kernels to load.
  private static final Path OBJECTS = Path.of("target", "case-objects");

  /// How many cases ran in each mode.
  private static final Map<Mode, Integer> RAN = new EnumMap<>(Mode.class);

  private final Case directory;
  private final Runs runs;
  private final Map<Mode, List<String>> transcripts = new EnumMap<>(Mode.class);
  private final Map<Boolean, Compiled> compiled = new java.util.HashMap<>();

  private AcceptedCase(Case directory) {
    this.directory = directory;
    runs = directory.runs();
  }

  /// The tests, each with the full name of the case.
  static DynamicContainer tests(Case directory) {
    AcceptedCase accepted = new AcceptedCase(directory);
    Stream<DynamicTest> modes =
        Stream.of(Mode.values())
            .filter(mode -> !mode.isKernel() || KernelUse.current() != KernelUse.OFF)
            .map(mode -> accepted.test(mode.toString(), () -> accepted.run(mode)));
    Stream<DynamicTest> facts =
        Stream.of(
            accepted.test("identical", accepted::identical),
            accepted.test("text", () -> GoldenText.check(directory, accepted.loadable(true))));
    return DynamicContainer.dynamicContainer(directory.name(), Stream.concat(modes, facts));
  }

  private DynamicTest test(String leaf, Executable executable) {
    String name = directory.name() + " [" + leaf + "]";
    return DynamicTest.dynamicTest(
        name, NotYet.lists(name) ? () -> NotYet.check(name, executable) : executable);
  }

  private Compiled compiled(boolean optimized) {
    return compiled.computeIfAbsent(
        optimized,
        _ ->
            JAVAC
                .compile(JAVAC.sources(directory.sources()), "-Abpf4j.optimize=" + optimized)
                .orFail());
  }

  private Loadable loadable(boolean optimized) {
    return compiled(optimized).only();
  }

  private void run(Mode mode) {
    if (mode == Mode.JVM && runs.noJvm().isPresent()) {
      Assumptions.abort("the Java bodies cannot run: " + runs.noJvm().get());
    }
    if ((mode == Mode.VM || mode == Mode.VM_UNOPTIMIZED) && runs.noVm().isPresent()) {
      Assumptions.abort("the simulated kernel has no model: " + runs.noVm().get());
    }
    if (mode.isKernel()) {
      KernelUse.current().check();
      runs.since().ifPresent(KernelUse::atLeast);
      runs.notHere().ifPresent(reason -> Assumptions.abort("other kernels load it: " + reason));
    }
    Loadable loadable = loadable(mode.optimized());
    if (mode.isKernel() && runs.noKernel().isPresent()) {
      load(loadable);
      return;
    }
    List<String> transcript = new ArrayList<>();
    for (Scenario scenario : runs.scenarios()) {
      transcript.add(scenario.sentence() + "\n" + run(mode, loadable, scenario));
    }
    transcripts.forEach(
        (other, expected) ->
            assertThat(transcript).as("%s, as %s does it", mode, other).isEqualTo(expected));
    transcripts.put(mode, transcript);
    RAN.merge(mode, 1, Integer::sum);
  }

  /// Some machines refuse every program of a kind; the kernels of the guests do not.
  private static void load(Loadable loadable) {
    try {
      Kernel.local().load(LoadRequest.of(loadable.object(), loadable.owner())).close();
      Pins.remove(loadable.object());
    } catch (NotPermittedException e) {
      Assumptions.abort("this machine refuses such programs: " + e.getMessage());
    }
  }

  /// The share of cases that agreed in each mode, in a line.
  static String summary(int cases) {
    return "of %d cases %s".formatted(cases, RAN);
  }

  private static String run(Mode mode, Loadable loadable, Scenario scenario) {
    try {
      return Execution.run(mode.kernel(), loadable, scenario);
    } catch (AssertionError e) {
      throw new AssertionError(scenario.sentence() + ": " + e.getMessage(), e);
    }
  }

  /// The same source gives the same bytes, wherever, whenever and in whatever order; what was
  /// written is what is read; and user space got its skeleton.
  private void identical() throws IOException {
    Compiled first = compiled(true);
    Compiled second = elsewhere();
    assertThat(hex(second)).isEqualTo(hex(first));
    for (Map.Entry<String, byte[]> object : first.objects().entrySet()) {
      BpfObject read = ElfReader.read(object.getValue());
      assertThat(ElfReader.read(ElfWriter.write(read))).isEqualTo(read);
      String skeleton = object.getKey().replace('$', '_') + "Bpf.class";
      assertThat(first.files()).containsKey(skeleton.replace("_Bpf", "Bpf"));
      keep(object.getKey(), object.getValue());
    }
  }

  private void keep(String name, byte[] object) throws IOException {
    Path folder = Files.createDirectories(OBJECTS.resolve(directory.name()));
    Files.write(folder.resolve(name.replace('/', '.') + ".bpf.o"), object);
  }

  private Compiled elsewhere() throws IOException {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    Path elsewhere = Files.createTempDirectory("bpf4j elsewhere");
    List<Path> copies = new ArrayList<>();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      for (Path source : directory.sources()) {
        copies.add(Files.copy(source, elsewhere.resolve(source.getFileName())));
      }
      return JAVAC.compile(JAVAC.sources(copies.reversed())).orFail();
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
      for (Path copy : copies) {
        Files.delete(copy);
      }
      Files.delete(elsewhere);
    }
  }

  private static Map<String, String> hex(Compiled compiled) {
    Map<String, String> hex = new java.util.TreeMap<>();
    compiled.objects().forEach((name, bytes) -> hex.put(name, HexFormat.of().formatHex(bytes)));
    return hex;
  }
}
