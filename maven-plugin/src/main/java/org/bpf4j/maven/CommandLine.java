package org.bpf4j.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/// The command line of bpf4j in a JVM of its own. What it prints goes to Maven's log; a failure
/// carries its last words, because Maven repeats only the exception at the end of a build.
record CommandLine(Jdk jdk, List<Path> jars, Log log) {
  private static final String MAIN = "org.bpf4j.cli.Main";

  /// The jars of the command line in `version`, resolved as a plugin's dependencies are.
  static List<Path> resolve(
      RepositorySystem repositories, MavenSession session, MavenProject project, String version)
      throws MojoExecutionException {
    var artifact = new DefaultArtifact("org.bpf4j", "bpf4j-cli", "jar", version);
    var collect =
        new CollectRequest(
            new Dependency(artifact, "runtime"), project.getRemotePluginRepositories());
    try {
      return repositories
          .resolveDependencies(session.getRepositorySession(), new DependencyRequest(collect, null))
          .getArtifactResults()
          .stream()
          .map(ArtifactResult::getArtifact)
          .map(resolved -> resolved.getFile().toPath())
          .toList();
    } catch (DependencyResolutionException e) {
      throw new MojoExecutionException("cannot resolve org.bpf4j:bpf4j-cli:" + version, e);
    }
  }

  void run(List<String> arguments) throws MojoExecutionException, MojoFailureException {
    List<String> command = new ArrayList<>();
    command.add("--class-path");
    command.add(jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(MAIN);
    command.addAll(arguments);
    new JavaProcess(jdk, log).run("bpf4j " + arguments.get(0), command).forEach(log::info);
  }
}
