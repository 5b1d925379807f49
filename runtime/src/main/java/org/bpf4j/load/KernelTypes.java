package org.bpf4j.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;

/// The running kernel's own types, read when a relocation first asks for them.
///
/// They are some 10 MB and do not change while the machine runs, so they are kept as long as memory
/// allows.
final class KernelTypes {

  private static final Path VMLINUX = Path.of("/sys/kernel/btf/vmlinux");

  private static SoftReference<BtfNames> types = new SoftReference<>(null);

  private KernelTypes() {}

  /// The types.
  static synchronized BtfNames types() {
    BtfNames known = types.get();
    if (known == null) {
      known = read();
      types = new SoftReference<>(known);
    }
    return known;
  }

  private static BtfNames read() {
    try {
      return BtfNames.of(Files.readAllBytes(VMLINUX));
    } catch (NoSuchFileException _) {
      throw new UnsupportedFeatureException(
          "relocation of kernel structs: it has no " + VMLINUX + " (CONFIG_DEBUG_INFO_BTF)",
          new KernelVersion(5, 4));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + VMLINUX, e);
    }
  }
}
