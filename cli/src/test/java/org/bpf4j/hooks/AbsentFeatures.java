package org.bpf4j.hooks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bpf4j.btf.Btf;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.ProbePlace;
import org.bpf4j.isa.Assembler;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.Helper;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramKind;

/// What this kernel is too old for is refused in words, with the first kernel that has it: each
/// kind of program when it is loaded or attached, each type of map, each helper.
final class AbsentFeatures {

  /// The least that is a program.
  private static final String NOTHING = "mov %r0, 0\nexit";

  /// Kinds of programs that helpers are called from, with sections that need no target.
  private static final List<ProgramKind> CALLERS =
      List.of(
          ProgramKind.XDP,
          ProgramKind.TC,
          ProgramKind.KPROBE,
          ProgramKind.SOCK_OPS,
          ProgramKind.CGROUP_CONNECT4,
          ProgramKind.CGROUP_SETSOCKOPT,
          ProgramKind.SK_MSG);

  private static final List<String> SECTIONS =
      List.of(
          "xdp",
          "tc",
          "kprobe/do_exit",
          "sockops",
          "cgroup/connect4",
          "cgroup/setsockopt",
          "sk_msg");

  private AbsentFeatures() {}

  /// Asks for all of it.
  static void check(Outcomes outcomes) {
    newer(ProgramKind.values(), ProgramKind::since)
        .forEach(
            kind ->
                outcomes.check(
                    "refusal of " + kind,
                    () -> refusal(kind.since(), () -> attach(kind)),
                    Map.of()));
    newer(MapKind.values(), MapKind::since)
        .filter(kind -> kind.content() != MapKind.Content.OTHER)
        .forEach(
            kind ->
                outcomes.check(
                    "refusal of maps of kind " + kind,
                    () -> refusal(kind.since(), () -> create(kind)),
                    Map.of()));
    newer(Helper.values(), Helper::since)
        .forEach(
            helper ->
                caller(helper)
                    .ifPresent(
                        section ->
                            outcomes.check(
                                "refusal of " + helper.kernelName(),
                                () -> refusal(helper.since(), () -> call(helper, section)),
                                Map.of())));
  }

  private static <E> Stream<E> newer(E[] all, Function<E, KernelVersion> since) {
    return Stream.of(all).filter(one -> since.apply(one).isNewerThanRunning());
  }

  private static String refusal(KernelVersion since, Runnable attempt) {
    try {
      attempt.run();
    } catch (UnsupportedFeatureException e) {
      if (e.since().equals(Optional.of(since))) {
        return String.valueOf(e.getMessage());
      }
      throw new AssertionError("not with " + since + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new AssertionError("not in words: " + e, e);
    }
    throw new AssertionError("this kernel has it");
  }

  private static BpfObject object(String section, String lines, MapDefinition... maps) {
    BpfFunction program =
        new BpfFunction(
            "program", true, Assembler.assemble(lines), List.of(), List.of(), List.of(), 0);
    return new BpfObject(
        "GPL",
        List.of(new CodeSection(section, List.of(program))),
        List.of(maps),
        List.of(),
        Btf.EMPTY,
        Optional.empty(),
        List.of());
  }

  private static LoadedObject load(BpfObject object) {
    return Kernel.local().load(LoadRequest.of(object, AbsentFeatures.class));
  }

  private static void create(MapKind kind) {
    int key = kind.content() == MapKind.Content.FILTER ? 0 : Integer.BYTES;
    load(object("xdp", NOTHING, new MapDefinition("map", kind, key, Long.BYTES, 1, 0, 0, 0)))
        .close();
  }

  private static Optional<String> caller(Helper helper) {
    return Stream.iterate(0, i -> i < CALLERS.size(), i -> i + 1)
        .filter(i -> helper.kinds().contains(CALLERS.get(i)))
        .map(SECTIONS::get)
        .findFirst();
  }

  private static void call(Helper helper, String section) {
    load(object(section, "call " + helper.number() + "\n" + NOTHING)).close();
  }

  private static void attach(ProgramKind kind) {
    MapDefinition sockets =
        new MapDefinition("sockets", MapKind.SOCKMAP, Integer.BYTES, Integer.BYTES, 1, 0, 0, 0);
    try (LoadedObject object = load(object(section(kind), NOTHING, sockets))) {
      object.program("program").attach(hook(kind, object)).close();
    }
  }

  private static String section(ProgramKind kind) {
    return switch (kind) {
      case NETKIT_PRIMARY -> "netkit/primary";
      case NETKIT_PEER -> "netkit/peer";
      case SK_SKB_VERDICT -> "sk_skb/verdict";
      case NETFILTER -> "netfilter";
      case KPROBE_MULTI -> "kprobe.multi";
      case KRETPROBE_MULTI -> "kretprobe.multi";
      case KPROBE_SESSION -> "kprobe.session";
      case UPROBE_MULTI -> "uprobe.multi";
      case URETPROBE_MULTI -> "uretprobe.multi";
      case UPROBE_SESSION -> "uprobe.session";
      case USDT -> "usdt";
      case LSM_CGROUP -> "lsm_cgroup/socket_listen";
      case SYSCALL -> "syscall";
      default -> throw new AssertionError("no section for " + kind);
    };
  }

  private static Hook hook(ProgramKind kind, LoadedObject object) {
    long own = ProcessHandle.current().pid();
    List<String> functions = List.of("tcp_v4_connect");
    return switch (kind) {
      case NETKIT_PRIMARY, NETKIT_PEER -> new Hook.Netkit("lo");
      case NETFILTER -> new Hook.Netfilter(false, Hook.NetfilterPoint.LOCAL_IN, 10);
      case KPROBE_MULTI, KPROBE_SESSION -> new Hook.KprobeMulti(functions, false);
      case KRETPROBE_MULTI -> new Hook.KprobeMulti(functions, true);
      case UPROBE_MULTI, UPROBE_SESSION ->
          new Hook.UprobeMulti("libc.so.6", List.of("toupper"), own, false);
      case URETPROBE_MULTI -> new Hook.UprobeMulti("libc.so.6", List.of("toupper"), own, true);
      case USDT -> new Hook.Usdt(ProbePlace.parse("libjvm.so:hotspot:thread__start"), own, 0, null);
      case SK_SKB_VERDICT -> new Hook.SocketMap(object.map("sockets"));
      case LSM_CGROUP, SYSCALL -> throw new AssertionError("this kernel loads a " + kind);
      default -> throw new AssertionError("no hook for " + kind);
    };
  }
}
