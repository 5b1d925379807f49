package org.bpf4j.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.eclipse.aether.RepositorySystem;

/// Fails the build when an object is missing beside its class, or was compiled against a library
/// that has changed since. An incremental compilation recompiles the changed files only: it does
/// not know that a program has inlined code from another class.
@Mojo(
    name = "check",
    defaultPhase = LifecyclePhase.PROCESS_CLASSES,
    requiresDependencyResolution = ResolutionScope.COMPILE,
    threadSafe = true)
public final class CheckMojo extends AbstractMojo {
  private final MavenSession session;
  private final MavenProject project;
  private final ToolchainManager toolchains;
  private final RepositorySystem repositories;

  /// The directory with the class files and the objects beside them.
  @Parameter(defaultValue = "${project.build.outputDirectory}", required = true)
  private File classesDirectory = new File("");

  /// The version of the command line that checks; the plugin's own unless set.
  @Parameter(defaultValue = "${plugin.version}", required = true)
  private String version = "";

  /// Leaves the check out.
  @Parameter(property = "bpf4j.check.skip", defaultValue = "false")
  private boolean skip;

  @Inject
  CheckMojo(
      MavenSession session,
      MavenProject project,
      ToolchainManager toolchains,
      RepositorySystem repositories) {
    this.session = session;
    this.project = project;
    this.toolchains = toolchains;
    this.repositories = repositories;
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip || !classesDirectory.isDirectory()) return;
    Optional<Jdk> jdk = Jdk.ofToolchain(toolchains, session).or(Jdk::ofThisMachine);
    if (jdk.isEmpty()) {
      throw new MojoFailureException(
          "bpf4j needs a JDK %d: install one, or set JAVA_HOME to it".formatted(Jdk.FEATURE));
    }
    List<Path> jars = CommandLine.resolve(repositories, session, project, version);
    new CommandLine(jdk.get(), jars, getLog()).run(arguments());
  }

  private List<String> arguments() {
    List<String> dependencies = new ArrayList<>();
    project.getArtifacts().forEach(artifact -> dependencies.add(artifact.getFile().getPath()));
    List<String> arguments = new ArrayList<>(List.of("check", classesDirectory.getPath()));
    if (!dependencies.isEmpty()) {
      arguments.addAll(List.of("--classpath", String.join(File.pathSeparator, dependencies)));
    }
    return arguments;
  }
}
