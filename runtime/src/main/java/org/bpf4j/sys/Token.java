package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.NotPermittedException;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.jspecify.annotations.Nullable;

/// The leave to make maps, types and programs in a user namespace (`BPF_TOKEN_CREATE`, Linux 6.9).
///
/// The owner of the machine gives it by a BPF file system that is mounted for that namespace with
/// options that say what is allowed: `delegate_cmds`, `delegate_maps`, `delegate_progs`,
/// `delegate_attachs`. A process there needs the capabilities of its own namespace alone then.
public final class Token implements AutoCloseable {

  /// No token: the process's own capabilities count.
  public static final Token NONE = new Token(null);

  /// The variable by which libbpf is told of the file system; empty, it wants no token.
  private static final String VARIABLE = "LIBBPF_BPF_TOKEN_PATH";

  private static final Path USUAL = Path.of("/sys/fs/bpf");

  private static final KernelVersion SINCE = new KernelVersion(6, 9);

  private static final int TOKEN_CREATE = 36;

  private final @Nullable Descriptor descriptor;

  private Token(@Nullable Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  /// The token of a file system, or if none is asked for, one as libbpf finds it: of the file
  /// system that [#VARIABLE] names, or in a user namespace of that at `/sys/fs/bpf`, if it gives
  /// one.
  ///
  /// @param asked where the file system is mounted
  /// @throws BpfException if the file system that is asked for gives no token
  public static Token find(Optional<Path> asked) {
    if (asked.isPresent()) {
      return of(asked.get());
    }
    String named = System.getenv(VARIABLE);
    if (named != null) {
      return named.isEmpty() ? NONE : of(Path.of(named));
    }
    if (!Permissions.inUserNamespace()) {
      return NONE;
    }
    long result = create(USUAL);
    return result < 0 ? NONE : new Token(Descriptor.own(result));
  }

  private static Token of(Path fileSystem) {
    long result = create(fileSystem);
    if (result < 0) {
      throw refusal(fileSystem, result);
    }
    return new Token(Descriptor.own(result));
  }

  private static long create(Path fileSystem) {
    try (Descriptor folder = Descriptor.open(fileSystem);
        Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(8, 8);
      attr.set(JAVA_INT, 4, folder.number());
      return Bpf.call(arena, TOKEN_CREATE, attr);
    } catch (SyscallException e) {
      return -e.errno();
    }
  }

  private static BpfException refusal(Path fileSystem, long result) {
    String action = "BPF_TOKEN_CREATE of " + fileSystem;
    boolean mounted = MountTable.folders("bpf").contains(fileSystem.toAbsolutePath());
    if (Errno.EINVAL.is(result) && mounted) {
      return new UnsupportedFeatureException("BPF tokens", SINCE);
    }
    if (Errno.EPERM.is(result)) {
      return new NotPermittedException(
          action,
          "the file system belongs to another user namespace than this process, or this process"
              + " lacks CAP_BPF in its own");
    }
    String reason =
        Errno.EINVAL.is(result)
            ? "no BPF file system is mounted there"
            : Errno.EOPNOTSUPP.is(result)
                ? "tokens are for user namespaces; in the first one capabilities count"
                : Errno.ENOENT.is(result) && mounted
                    ? "it delegates nothing; who mounts it says what, by delegate_cmds and others"
                    : "";
    int errno = Math.toIntExact(-result);
    String text = Errno.describe(errno);
    return new SyscallException(action, errno, reason.isEmpty() ? text : text + "; " + reason);
  }

  /// The descriptor's number, or −1 without a token.
  public int number() {
    return descriptor == null ? -1 : descriptor.number();
  }

  /// What is made by it stays.
  @Override
  public void close() {
    if (descriptor != null) {
      descriptor.close();
    }
  }
}
