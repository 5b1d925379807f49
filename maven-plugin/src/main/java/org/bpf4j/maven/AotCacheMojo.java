package org.bpf4j.maven;

import java.io.File;
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
/// A cache serves the JVM that made it, with the same jars in the same order.
@Mojo(
    name = "aot-cache",
    defaultPhase = LifecyclePhase.PACKAGE,
    requiresDependencyResolution = ResolutionScope.RUNTIME,
    threadSafe = true)
public final class AotCacheMojo extends AbstractMojo {
  /// The JVM has a diagnostic option alone for it, which another version may lack.
  private static final List<String> WITHOUT_PROFILES =
      List.of(
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-AOTRecordTraining");

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

  /// Whether the cache keeps what the run compiled as well (JEP 515), so that the JVM compiles it
  /// from the start: good for programs that compute much, while it delays the start of small ones
  /// on few processors.
  @Parameter(property = "bpf4j.aot-cache.profiles", defaultValue = "false")
  private boolean profiles;

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
    List<String> start = start();
    List<String> training = new ArrayList<>(List.of("-XX:AOTCacheOutput=" + output));
    if (!profiles) {
      training.addAll(WITHOUT_PROFILES);
    }
    training.addAll(start);
    List<String> printed = new JavaProcess(jdk.get(), getLog()).run(mainClass, training);
    if (!output.isFile()) {
      throw new MojoFailureException(
          "no AOT cache was made:%n%s".formatted(String.join(System.lineSeparator(), printed)));
    }
    List<String> command =
        new ArrayList<>(List.of(jdk.get().java().toString(), "-XX:AOTCache=" + output));
    command.addAll(start);
    getLog().info("start it with: " + String.join(" ", command));
  }

  private List<String> start() throws MojoFailureException {
    List<String> start = new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED"));
    start.addAll(jvmArguments);
    start.addAll(List.of("-cp", classPath(), mainClass));
    start.addAll(arguments);
    return start;
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
