package org.bpf4j.maven;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/// A JDK that can run the command line: its class files are those of Java 25. The version is read
/// from the file `release` that every JDK has, so looking costs no process.
record Jdk(Path home) {
  /// The first feature release whose `java.lang.classfile` and `java.lang.foreign` are final.
  static final int FEATURE = 25;

  /// The toolchain that the build has selected, if it is new enough.
  static Optional<Jdk> ofToolchain(ToolchainManager toolchains, MavenSession session) {
    Toolchain toolchain = toolchains.getToolchainFromBuildContext("jdk", session);
    String java = toolchain == null ? null : toolchain.findTool("java");
    return java == null ? Optional.empty() : of(Path.of(java).resolve("../.."));
  }

  /// The JDK of `JAVA_HOME`, else the one that runs Maven, else one where JDKs are usually kept.
  static Optional<Jdk> ofThisMachine() {
    List<Path> homes = new ArrayList<>();
    addIfSet(homes, System.getenv("JAVA_HOME"));
    addIfSet(homes, System.getProperty("java.home"));
    Path user = Path.of(System.getProperty("user.home"));
    homes.addAll(childrenOf(Path.of("/usr/lib/jvm")));
    homes.addAll(childrenOf(user.resolve(".sdkman/candidates/java")));
    homes.addAll(childrenOf(user.resolve(".jdks")));
    return first(homes);
  }

  /// The first of `homes` that is new enough.
  static Optional<Jdk> first(List<Path> homes) {
    return homes.stream().map(Jdk::of).flatMap(Optional::stream).findFirst();
  }

  /// The JDK at `home`, if there is one and it is new enough.
  static Optional<Jdk> of(Path home) {
    return feature(home) >= FEATURE ? Optional.of(new Jdk(home.normalize())) : Optional.empty();
  }

  Path java() {
    return home.resolve("bin").resolve("java");
  }

  private static void addIfSet(List<Path> homes, @Nullable String home) {
    if (home != null && !home.isEmpty()) homes.add(Path.of(home));
  }

  /// The feature release of the JDK at `home`, or 0 where there is none.
  private static int feature(Path home) {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release)) return 0;
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(release)) {
      properties.load(reader);
      String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
      return Runtime.Version.parse(version).feature();
    } catch (IOException | IllegalArgumentException e) {
      return 0;
    }
  }

  private static List<Path> childrenOf(Path directory) {
    if (!Files.isDirectory(directory)) return List.of();
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      entries.forEach(children::add);
    } catch (IOException e) {
      return List.of();
    }
    children.sort(null);
    return children;
  }
}
