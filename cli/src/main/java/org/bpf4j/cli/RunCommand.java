package org.bpf4j.cli;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.ProgramSection;
import org.bpf4j.packet.CapturedFrame;
import org.bpf4j.packet.MalformedCaptureException;
import org.bpf4j.packet.PcapReader;
import org.bpf4j.sim.ProgramFaultException;
import org.bpf4j.sim.SimulatedKernel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bpf4j run`: what packet programs do with frames, and what their maps hold afterwards.
@Command(
    name = "run",
    description =
        "Compiles a Java file and runs its packet programs over sample frames or a capture.")
final class RunCommand extends CliCommand {

  @Parameters(paramLabel = "FILE.java", arity = "1..*", description = "Java source files.")
  private List<Path> files = List.of();

  @Option(
      names = "--pcap",
      paramLabel = "F",
      description = "A capture to run over, instead of the built-in sample frames.")
  private @Nullable Path capture;

  @Option(
      names = "--kernel",
      description = "Run in this machine's kernel, by test runs, instead of the simulated one.")
  private boolean real;

  @Option(names = "--each", description = "Print the verdict of every frame.")
  private boolean each;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Set a @Config field before loading.")
  private Map<String, String> settings = Map.of();

  @Option(
      names = {"-cp", "--classpath"},
      paramLabel = "CP",
      description = "Libraries of the programs, in addition to bpf4j's own.")
  private String classPath = "";

  @Override
  boolean run() throws CommandFailedException {
    List<NamedFrame> frames = frames();
    try (TemporaryDirectory classes = TemporaryDirectory.create()) {
      if (!new JavaCompilation(classPath, err()).compile(files, classes.path())) {
        return false;
      }
      List<CompiledObject> objects = CompiledObject.in(classes.path());
      if (objects.isEmpty()) {
        throw new CommandFailedException("no class is annotated @Bpf, so there is nothing to run");
      }
      Settings set = new Settings(settings);
      List<LoadRequest> requests = new ArrayList<>();
      try (URLClassLoader loader = loader(classes.path())) {
        for (CompiledObject object : objects) {
          requests.add(request(object, loader, set));
        }
        if (!set.unused().isEmpty()) {
          throw new CommandFailedException("there is no @Config field " + set.unused().getFirst());
        }
        for (int i = 0; i < objects.size(); i++) {
          run(objects.get(i), requests.get(i), frames);
        }
      } catch (IOException e) {
        throw CommandFailedException.of(classes.path(), e);
      }
      return true;
    }
  }

  private List<NamedFrame> frames() throws CommandFailedException {
    if (capture == null) {
      return SampleFrames.all();
    }
    List<NamedFrame> frames = new ArrayList<>();
    try {
      for (CapturedFrame frame : PcapReader.read(Inputs.bytes(capture))) {
        frames.add(new NamedFrame("frame " + (frames.size() + 1), frame.bytes()));
      }
    } catch (MalformedCaptureException e) {
      throw CommandFailedException.of(capture, e);
    }
    return frames;
  }

  private static URLClassLoader loader(Path classes) throws MalformedURLException {
    return new URLClassLoader(
        new URL[] {classes.toUri().toURL()}, RunCommand.class.getClassLoader());
  }

  /// Only packet programs are loaded: nothing runs the others here.
  private static LoadRequest request(CompiledObject compiled, ClassLoader loader, Settings set)
      throws CommandFailedException {
    Set<String> skipped =
        compiled.object().code().stream()
            .filter(section -> !section.isText() && !takesPackets(section))
            .flatMap(section -> section.functions().stream())
            .map(BpfFunction::name)
            .collect(Collectors.toSet());
    if (skipped.size() == compiled.object().programs().size()) {
      throw new CommandFailedException(
          compiled.className() + " has no XDP or TC program, so there is nothing to run");
    }
    return new LoadRequest(
        compiled.object(),
        owner(compiled, loader),
        set.apply(compiled.object()),
        Map.of(),
        skipped);
  }

  /// The program's class, not initialised.
  private static Class<?> owner(CompiledObject compiled, ClassLoader loader) {
    try {
      return Class.forName(compiled.className(), false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("an object without its class: " + compiled.className(), e);
    }
  }

  private static boolean takesPackets(CodeSection section) {
    return ProgramSection.parse(section.name())
        .map(parsed -> FrameRuns.takes(parsed.kind()))
        .orElse(false);
  }

  private void run(CompiledObject compiled, LoadRequest request, List<NamedFrame> frames)
      throws CommandFailedException {
    SimulatedKernel simulated = SimulatedKernel.create();
    Kernel kernel = real ? Kernel.local() : simulated;
    try (LoadedObject loaded = kernel.load(request)) {
      out()
          .printf(
              "%s: %s in %s%n%n",
              compiled.simpleName(),
              Counted.of(frames.size(), "frame"),
              real ? "this machine's kernel" : "the simulated kernel");
      List<FrameRuns> runs =
          compiled.object().programs().stream()
              .map(BpfFunction::name)
              .filter(name -> !request.skipped().contains(name))
              .map(name -> FrameRuns.run(loaded.program(name), frames))
              .toList();
      verdicts(runs);
      if (each) {
        everyVerdict(frames, runs);
      }
      request.skipped().stream()
          .sorted()
          .forEach(name -> out().println("  not run, since it takes no packets: " + name));
      new ObjectContents(loaded, new RecordTypes(request.owner()), out()).print();
      trace(simulated.trace());
    } catch (ProgramFaultException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()));
    }
  }

  private void verdicts(List<FrameRuns> runs) {
    Table table = new Table(List.of("program", "kind", "verdict", "frames"));
    for (FrameRuns run : runs) {
      run.counts()
          .forEach(
              (verdict, count) ->
                  table.row(
                      List.of(
                          run.program().name(),
                          run.program().kind().sections().getFirst(),
                          verdict,
                          count.toString())));
    }
    table.print(out());
  }

  private void everyVerdict(List<NamedFrame> frames, List<FrameRuns> runs) {
    List<String> headings = new ArrayList<>(List.of("frame", "bytes"));
    runs.forEach(run -> headings.add(run.program().name()));
    Table table = new Table(headings);
    for (int i = 0; i < frames.size(); i++) {
      NamedFrame frame = frames.get(i);
      List<String> row =
          new ArrayList<>(List.of(frame.name(), Integer.toString(frame.bytes().length)));
      for (FrameRuns run : runs) {
        row.add(run.verdicts().get(i));
      }
      table.row(row);
    }
    out().println();
    table.print(out());
  }

  private void trace(List<String> lines) {
    if (!lines.isEmpty()) {
      out().println();
      out().println("printed by the programs:");
      lines.forEach(line -> out().println("  " + line.strip()));
    }
  }
}
