package org.bpf4j.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /// Its own release, as `KERNEL_VERSION` of `linux/version.h` computes it.
  private static final String VERSION = "LINUX_KERNEL_VERSION";

  private RunningConfiguration() {}

  /// Reads it; a kernel that hides it says its release only.
  static KernelConfiguration read() {
    String release = System.getProperty("os.version", "");
    Map<String, String> values = new HashMap<>();
    values.put(VERSION, Integer.toString(version(release)));
    for (Path file : List.of(Path.of("/boot/config-" + release), Path.of("/proc/config.gz"))) {
      if (Files.isReadable(file)) {
        readInto(values, file);
        break;
      }
    }
    return new KernelConfiguration(values);
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
