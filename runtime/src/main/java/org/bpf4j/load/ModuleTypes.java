package org.bpf4j.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.KernelFiles;

/// The types of the kernel's loaded modules, with a descriptor of each, for calls of their
/// functions.
final class ModuleTypes implements AutoCloseable {

  private static final Path FOLDER = Path.of("/sys/kernel/btf");

  /// A module's types.
  ///
  /// @param descriptor what programs name them by
  record Module(String name, BtfNames types, Descriptor descriptor) {}

  private final List<Module> modules;

  private ModuleTypes(List<Module> modules) {
    this.modules = modules;
  }

  /// Reads those of all modules; a module that goes away meanwhile has none.
  static ModuleTypes read() {
    List<Module> modules = new ArrayList<>();
    for (long id = Bpf.nextBtf(0); id > 0; id = Bpf.nextBtf((int) id)) {
      long opened = Bpf.openBtf((int) id);
      if (opened >= 0) {
        Descriptor descriptor = Descriptor.of(opened, "BPF_BTF_GET_FD_BY_ID");
        String name = Bpf.btfName(descriptor);
        Path file = FOLDER.resolve(name);
        if (name.isEmpty() || name.equals("vmlinux") || !Files.isReadable(file)) {
          descriptor.close();
        } else {
          modules.add(
              new Module(name, BtfNames.module(bytes(file), KernelTypes.types()), descriptor));
        }
      }
    }
    return new ModuleTypes(List.copyOf(modules));
  }

  private static byte[] bytes(Path file) {
    try {
      return KernelFiles.bytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  List<Module> all() {
    return modules;
  }

  @Override
  public void close() {
    modules.forEach(module -> module.descriptor().close());
  }
}
