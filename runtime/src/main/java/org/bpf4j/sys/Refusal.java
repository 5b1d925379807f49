package org.bpf4j.sys;

import java.util.Optional;
import java.util.Set;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.MapMemory;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.NotPermittedException;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.ProgramType;
import org.jspecify.annotations.Nullable;

/// The exceptions of the three great steps, creating maps, loading programs and attaching them: an
/// error number means something else in each.
public final class Refusal {

  /// What the verifier says where a privilege would have let the program pass (`allow_ptr_leaks`,
  /// `bpf_base_func_proto` of the kernel).
  private static final String[] UNPRIVILEGED = {
    "leaks addr",
    "pointer arithmetic prohibited",
    "pointer -= pointer prohibited",
    "prohibited for !root",
    "jumps is too complex",
    "pointer comparison prohibited",
    "program of this type cannot use helper",
    "unknown func",
    "function calls to other bpf functions are allowed for",
    "back-edge"
  };

  private Refusal() {}

  /// A program that was not loaded, and of which the verifier said nothing.
  ///
  /// @param action what was tried, for the message
  public static BpfException ofLoad(long result, String action, ProgramType type) {
    return of(result, action, Errno.of(result).map(Refusal::load), Capability.toLoad(type));
  }

  /// What may be said of a verdict to a process that lacks a privilege with which it might have
  /// been another; `""` to others.
  public static String hint(String reason) {
    for (String unprivileged : UNPRIVILEGED) {
      if (reason.contains(unprivileged)) {
        Set<Capability> missing = Permissions.missing(Set.of(Capability.BPF, Capability.PERFMON));
        return missing.isEmpty() ? "" : "; perhaps since " + Permissions.advice(missing);
      }
    }
    return "";
  }

  /// A map that was not created.
  public static BpfException ofCreate(long result, MapDefinition map) {
    String action =
        "BPF_MAP_CREATE of %s `%s` (key %d bytes, value %d bytes, max_entries %s, flags 0x%x)"
            .formatted(
                map.kind(),
                map.name(),
                map.keySize(),
                map.valueSize(),
                Integer.toUnsignedString(map.maxEntries()),
                map.flags());
    return of(
        result,
        action,
        Errno.of(result).map(errno -> create(errno, map)),
        Capability.toCreate(map.kind()));
  }

  /// Takes ownership of the link that an attachment gave, or throws what explains its failure.
  public static Descriptor attached(long result, Hook hook) {
    check(result, hook);
    return Descriptor.own(result);
  }

  /// Throws what explains the failure of an attachment, if it failed.
  public static void check(long result, Hook hook) {
    if (result < 0) {
      throw ofAttach(result, hook);
    }
  }

  /// Takes ownership of the event on which a hook is, or throws what explains its failure.
  ///
  /// @param action what was tried, for the message
  public static Descriptor opened(long result, String action, Hook hook) {
    if (result < 0) {
      throw ofAttach(result, action, hook);
    }
    return Descriptor.own(result);
  }

  /// The exception that explains the failure of an attachment.
  public static BpfException ofAttach(long result, Hook hook) {
    return ofAttach(result, "attaching to " + hook, hook);
  }

  /// The exception that explains why a link was not changed.
  ///
  /// @param action what was tried, for the message
  public static BpfException ofUpdate(long result, String action) {
    return of(result, action, Errno.of(result).map(Refusal::update), Capability.BPF);
  }

  private static @Nullable String update(Errno errno) {
    return switch (errno) {
      case ENOLINK -> "it is detached, or what it was attached to is gone";
      case EINVAL -> "the other is of another type than what is there, or of another attach type";
      case ENOENT -> "what is there has no counterpart of that name";
      default -> null;
    };
  }

  private static BpfException ofAttach(long result, String action, Hook hook) {
    return of(result, action, Errno.of(result).map(Refusal::attach), toAttach(hook));
  }

  private static BpfException of(
      long result, String action, Optional<String> meaning, Capability... needed) {
    BpfException plain = Failure.of(result, action, needed);
    if (plain instanceof NotPermittedException || meaning.isEmpty()) {
      return plain;
    }
    int errno = Math.toIntExact(-result);
    return new SyscallException(action, errno, Errno.describe(errno) + "; " + meaning.get());
  }

  private static @Nullable String load(Errno errno) {
    return switch (errno) {
      case ENOENT -> "what the program is bound to is not in this kernel";
      case E2BIG ->
          "the program has more instructions than the kernel takes (a million, 4096 of a"
              + " process without CAP_BPF), or asks for what is younger than the kernel";
      case EAGAIN -> "the verifier was interrupted by signals again and again";
      case ENOMEM ->
          "the kernel has no memory to verify or compile it: look at the memory limit of the"
              + " control group (memory.max), and at net.core.bpf_jit_limit";
      case EBUSY -> "the function that it is bound to is being changed by somebody else";
      case EEXIST -> "something of that name is there already";
      default -> null;
    };
  }

  private static @Nullable String create(Errno errno, MapDefinition map) {
    return switch (errno) {
      case ENOENT -> "something that it refers to is not in this kernel";
      case EINVAL -> odd(map);
      case E2BIG ->
          "a key, a value or all entries together are more than the kernel takes for one map: it"
              + " would take "
              + memory(map)
              + " of the kernel's memory";
      case EAGAIN -> "the kernel is busy; try again";
      case ENOMEM ->
          "it would take "
              + memory(map)
              + " of the kernel's memory for "
              + Cpus.possible()
              + " CPUs: make it smaller, or look at the memory limit of the control group"
              + " (memory.max)";
      case EBUSY -> "it is in use in another way";
      case EEXIST -> "a map of that name is there already";
      default -> null;
    };
  }

  private static String odd(MapDefinition map) {
    int required = map.kind().requiredFlags();
    if ((map.flags() & required) != required) {
      return "such maps need the flag 0x%x".formatted(required);
    }
    return map.kind().holdsMaps() && map.traits().inner().isEmpty()
        ? "the object does not say what maps it holds"
        : "the kernel does not take these sizes, entries and flags together";
  }

  private static MapMemory memory(MapDefinition map) {
    return MapMemory.computed(map, Cpus.possible());
  }

  private static @Nullable String attach(Errno errno) {
    return switch (errno) {
      case ENOENT -> "what it is attached to, or beside, is not there, or is gone";
      case E2BIG, ERANGE -> "there are as many programs as the hook takes (64 at most hooks)";
      case EAGAIN -> "the hook is being changed by somebody else; try again";
      case ENOMEM -> "the kernel has no memory for another attachment";
      case EBUSY ->
          "another program is attached there that lets none beside it; `bpf4j link list` shows"
              + " whose it is";
      case ESTALE -> "the programs there were changed since; look at their order again";
      case EEXIST -> "this program, or another one without a link, is attached there already";
      default -> null;
    };
  }

  /// What attaching takes; empty if that depends.
  private static Capability[] toAttach(Hook hook) {
    return switch (hook) {
      case Hook.WithCookie(Hook inner, _) -> toAttach(inner);
      case Hook.Xdp _,
          Hook.Tc _,
          Hook.Netkit _,
          Hook.Cgroup _,
          Hook.SocketMap _,
          Hook.Namespace _,
          Hook.Netfilter _,
          Hook.Route _ ->
          new Capability[] {Capability.NET_ADMIN};
      case Hook.Tracepoint _,
          Hook.RawTracepoint _,
          Hook.KprobeMulti _,
          Hook.UprobeMulti _,
          Hook.PerfEvent _,
          Hook.Tracing _,
          Hook.Kprobe _ ->
          new Capability[] {Capability.PERFMON};
      // `perf_uprobe_event_init`, since Linux 6.16 and in the maintained older ones
      case Hook.Uprobe _, Hook.Usdt _ -> new Capability[] {Capability.SYS_ADMIN};
      case Hook.StructOps _ -> new Capability[] {Capability.BPF, Capability.PERFMON};
      case Hook.Socket _, Hook.Channel _ -> new Capability[0];
    };
  }
}
