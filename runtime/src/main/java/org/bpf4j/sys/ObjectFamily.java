package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// The objects that the kernel numbers, each family by itself, with the commands that list and open
/// them (`BPF_*_GET_NEXT_ID` and `BPF_*_GET_FD_BY_ID` of `enum bpf_cmd`).
public enum ObjectFamily {
  PROGRAM(11, 13, "bpf-prog"),
  MAP(12, 14, "bpf-map"),
  TYPES(23, 19, "btf"),
  LINK(31, 30, "bpf-link");

  /// What is said of a descriptor of no file in a folder, with a dash as all is compared.
  private static final String ANONYMOUS = "anon-inode:";

  private final int next;
  private final int open;
  private final String inode;

  /// @param inode what the kernel calls the inode behind a descriptor
  ObjectFamily(int next, int open, String inode) {
    this.next = next;
    this.open = open;
    this.inode = inode;
  }

  /// Which family a descriptor's object is of; empty if it is none of these, or `/proc` is not to
  /// be read.
  public static Optional<ObjectFamily> of(Descriptor object) {
    Path link = Path.of("/proc/self/fd", Integer.toString(object.number()));
    try {
      String inode = Files.readSymbolicLink(link).toString().replace('_', '-');
      return Stream.of(values())
          .filter(family -> inode.equals(ANONYMOUS + family.inode))
          .findFirst();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// The number of the object after another one.
  ///
  /// @param id the one before, or 0
  /// @return empty behind the last one
  /// @throws org.bpf4j.kernel.NotPermittedException without `CAP_SYS_ADMIN`
  public OptionalInt next(int id) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(16, 8);
      attr.set(JAVA_INT, 0, id);
      long result = Bpf.call(arena, next, attr);
      if (Errno.ENOENT.is(result)) {
        return OptionalInt.empty();
      }
      check(result, "listing what is in the kernel (" + describe("GET_NEXT_ID") + ")");
      return OptionalInt.of(attr.get(JAVA_INT, 4));
    }
  }

  /// Opens an object.
  ///
  /// @return empty if it is gone
  /// @throws org.bpf4j.kernel.NotPermittedException without `CAP_SYS_ADMIN`
  public Optional<Descriptor> open(int id) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(16, 8);
      attr.set(JAVA_INT, 0, id);
      long result = Bpf.call(arena, open, attr);
      if (Errno.ENOENT.is(result) || Errno.EAGAIN.is(result)) {
        return Optional.empty();
      }
      check(result, "opening an object by its number (" + describe("GET_FD_BY_ID") + ")");
      return Optional.of(new Descriptor(result));
    }
  }

  /// What its objects are called in messages.
  @Override
  public String toString() {
    return switch (this) {
      case PROGRAM -> "program";
      case MAP -> "map";
      case TYPES -> "type information";
      case LINK -> "link";
    };
  }

  private static void check(long result, String action) {
    Failure.check(result, action, Capability.SYS_ADMIN);
  }

  private String describe(String command) {
    String name =
        switch (this) {
          case PROGRAM -> "PROG";
          case MAP -> "MAP";
          case TYPES -> "BTF";
          case LINK -> "LINK";
        };
    return "BPF_" + name + "_" + command;
  }
}
