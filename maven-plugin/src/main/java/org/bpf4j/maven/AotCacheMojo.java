package org.bpf4j.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/// Runs the packaged program once and keeps what the JVM learns of its classes in an AOT cache (JEP
/// 483, 514), with which it starts in a fraction of the time. The program must end by itself when
/// its standard input is at its end, with status 0.
///
/// Beside the cache lies a file of arguments by which `java` uses it: `java @target/NAME.args`.
///
/// A cache serves the JVM that made it, with the same jars in the same order.
@Mojo(
    name = "aot-cache",
    defaultPhase = LifecyclePhase.PACKAGE,
    requiresDependencyResolution = ResolutionScope.RUNTIME,
    threadSafe = true)
public final class AotCacheMojo extends AbstractMojo {
  private final MavenSession session;
  private final MavenProject project;
  private final ToolchainManager toolchains;

  /// The class with `main`.
  @Parameter(required = true)
  private String mainClass = "";

  /// What its `main` is given: as in production, or what makes it do the same and end.
  @Parameter private List<String> arguments = List.of();

  /// Options of the JVM beside the one for native access, as they will be in production.
  @Parameter private List<String> jvmArguments = List.of();

  /// The cache.
  @Parameter(
      defaultValue = "${project.build.directory}/${project.build.finalName}.aot",
      required = true)
  private File output = new File("");

  /// Whether the JVM compiles as for programs that go on to compute much: the cache keeps what the
  /// run compiled (JEP 515), so that it is compiled from the start, and other methods are compiled
  /// when they were called 200 times. Otherwise there is more time for starting, which small
  /// programs on few processors need, and methods are compiled five times later.
  @Parameter(property = "bpf4j.aot-cache.compiles-early", defaultValue = "false")
  private boolean compilesEarly;

  /// Leaves the run out.
  @Parameter(property = "bpf4j.aot-cache.skip", defaultValue = "false")
  private boolean skip;

  @Inject
  AotCacheMojo(MavenSession session, MavenProject project, ToolchainManager toolchains) {
    this.session = session;
    this.project = project;
    this.toolchains = toolchains;
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) return;
    Optional<Jdk> jdk = Jdk.ofToolchain(toolchains, session).or(Jdk::ofThisMachine);
    if (jdk.isEmpty()) {
      throw new MojoFailureException(
          "an AOT cache needs a JDK %d: install one, or set JAVA_HOME to it"
              .formatted(Jdk.FEATURE));
    }
    List<String> training = command("-XX:AOTCacheOutput=", "-XX:-AOTRecordTraining");
    List<String> printed = new JavaProcess(jdk.get(), getLog()).run(mainClass, training);
    if (!output.isFile()) {
      throw new MojoFailureException(
          "no AOT cache was made:%n%s".formatted(String.join(System.lineSeparator(), printed)));
    }
    Path file = argumentFile();
    write(
        file, command("-XX:AOTCache=", "-XX:-AOTReplayTraining", "-XX:CompileThresholdScaling=5"));
    getLog().info("start it with: " + jdk.get().java() + " @" + file);
  }

  /// The arguments of `java`.
  ///
  /// @param cache the option that names the cache
  /// @param late the options by which less is compiled, the first of which are for diagnosis
  private List<String> command(String cache, String... late) throws MojoFailureException {
    List<String> command = new ArrayList<>(List.of(cache + output));
    if (!compilesEarly) {
      command.add("-XX:+UnlockDiagnosticVMOptions");
      command.addAll(List.of(late));
    }
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(jvmArguments);
    command.addAll(List.of("-cp", classPath(), mainClass));
    command.addAll(arguments);
    return command;
  }

  private Path argumentFile() {
    String name = output.getName();
    int end = name.lastIndexOf('.');
    return output.toPath().resolveSibling((end < 0 ? name : name.substring(0, end)) + ".args");
  }

  /// Writes a file as `java @FILE` reads it: arguments in quotes, in which a backslash escapes.
  private static void write(Path file, List<String> arguments) throws MojoExecutionException {
    try {
      Files.write(
          file,
          arguments.stream()
              .map(argument -> argument.replace("\\", "\\\\").replace("\"", "\\\""))
              .map(argument -> '"' + argument + '"')
              .toList());
    } catch (IOException e) {
      throw new MojoExecutionException("cannot write " + file, e);
    }
  }

  private String classPath() throws MojoFailureException {
    @Nullable File jar = project.getArtifact().getFile();
    if (jar == null || !jar.isFile()) {
      throw new MojoFailureException(
          "there is no jar yet: the goal runs behind `jar:jar`, in the phase `package`");
    }
    return Stream.concat(
            Stream.of(jar), project.getArtifacts().stream().map(artifact -> artifact.getFile()))
        .map(File::getPath)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
