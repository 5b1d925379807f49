package org.bpf4j.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.bpf4j.object.KernelConfiguration;

/// What the running kernel was configured with, from the places where distributions keep it.
final class RunningConfiguration {

  private static final Pattern LINE = Pattern.compile("(CONFIG_\\w+)=(.*)");

  private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");

  /// What begins the names that its configuration file says.
  private static final String CONFIGURED = "CONFIG_";

  /// Its own release, as `KERNEL_VERSION` of `linux/version.h` computes it.
  private static final String VERSION = "LINUX_KERNEL_VERSION";

  private RunningConfiguration() {}

  /// Reads what is asked for; a kernel that hides its configuration says what can be tried only.
  ///
  /// @param names the names of values; those that begin with `LINUX` are no configuration, but what
  ///   libbpf knows of the kernel
  static KernelConfiguration read(Collection<String> names) {
    String release = System.getProperty("os.version", "");
    Map<String, String> values = new HashMap<>();
    for (String name : names) {
      switch (name) {
        case VERSION -> values.put(name, Integer.toString(version(release)));
        case "LINUX_HAS_BPF_COOKIE" -> values.put(name, choice(Probes.cookies()));
        case "LINUX_HAS_SYSCALL_WRAPPER" -> values.put(name, choice(Probes.systemCallWrappers()));
        default -> {}
      }
    }
    if (names.stream().noneMatch(name -> name.startsWith(CONFIGURED))) {
      return new KernelConfiguration(values);
    }
    for (Path file : List.of(Path.of("/boot/config-" + release), Path.of("/proc/config.gz"))) {
      if (Files.isReadable(file)) {
        readInto(values, file);
        break;
      }
    }
    return new KernelConfiguration(values);
  }

  private static String choice(boolean value) {
    return value ? "y" : "n";
  }

  static int version(String release) {
    Matcher matcher = RELEASE.matcher(release);
    if (!matcher.matches()) {
      return 0;
    }
    int patch = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    return Integer.parseInt(matcher.group(1)) << 16
        | Integer.parseInt(matcher.group(2)) << 8
        | Math.min(patch, 255);
  }

  private static void readInto(Map<String, String> values, Path file) {
    boolean packed = file.toString().endsWith(".gz");
    try (InputStream bytes = Files.newInputStream(file);
        InputStream text = packed ? new GZIPInputStream(bytes) : bytes;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          values.put(matcher.group(1), matcher.group(2));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
