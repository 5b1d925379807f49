package org.bpf4j.handle;

import java.nio.channels.NetworkChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.bpf4j.object.ProgramFamily;
import org.jspecify.annotations.Nullable;

/// Where a program is attached; each family of programs takes one of these.
public sealed interface Hook {

  /// The family of programs that go there.
  ProgramFamily family();

  /// The same hook with a number that the program can ask for (`bpf_get_attach_cookie`).
  ///
  /// @throws IllegalArgumentException if the kernel has none for such hooks
  default Hook withCookie(long cookie) {
    return new WithCookie(this, _ -> cookie);
  }

  /// The same hook with a number for each of its functions.
  ///
  /// @param cookies by the function's name; others have 0
  /// @throws IllegalArgumentException if the kernel has none for such hooks
  default Hook withCookies(Map<String, Long> cookies) {
    Map<String, Long> copy = Map.copyOf(cookies);
    return new WithCookie(this, function -> copy.getOrDefault(function, 0L));
  }

  /// A hook with numbers that programs can ask for, of which the kernel knows no meaning.
  ///
  /// @param hook a tracepoint, a probe of functions, samples, or what a program was loaded for
  /// @param cookie the number for a function, by its name, which is empty where there is none
  record WithCookie(Hook hook, ToLongFunction<String> cookie) implements Hook {
    /// @throws IllegalArgumentException if the kernel has no such numbers for the hook
    public WithCookie {
      boolean known =
          switch (hook) {
            case Tracepoint _,
                RawTracepoint _,
                Tracing _,
                Kprobe _,
                KprobeMulti _,
                Uprobe _,
                UprobeMulti _,
                PerfEvent _ ->
                true;
            case WithCookie _,
                Xdp _,
                Tc _,
                Netkit _,
                Cgroup _,
                Socket _,
                Channel _,
                SocketMap _,
                Namespace _,
                Netfilter _,
                Route _,
                Usdt _,
                StructOps _ ->
                false;
          };
      if (!known) {
        throw new IllegalArgumentException("there is no cookie for " + hook);
      }
    }

    @Override
    public ProgramFamily family() {
      return hook.family();
    }

    @Override
    public String toString() {
      return hook.toString();
    }
  }

  /// A network interface's XDP hook.
  record Xdp(String networkInterface, XdpMode mode) implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.XDP;
    }
  }

  /// A network interface's traffic control hook.
  ///
  /// @param order where among the programs that are there
  record Tc(String networkInterface, Direction direction, AttachOrder order) implements Hook {
    /// Behind the programs that are there.
    public Tc(String networkInterface, Direction direction) {
      this(networkInterface, direction, AttachOrder.ANY);
    }

    @Override
    public ProgramFamily family() {
      return ProgramFamily.TC;
    }
  }

  /// A pair of netkit devices.
  ///
  /// @param networkInterface the primary device
  /// @param order where among the programs that are there
  record Netkit(String networkInterface, AttachOrder order) implements Hook {
    /// Behind the programs that are there.
    public Netkit(String networkInterface) {
      this(networkInterface, AttachOrder.ANY);
    }

    @Override
    public ProgramFamily family() {
      return ProgramFamily.NETKIT;
    }
  }

  /// A cgroup (version 2) and those below it.
  ///
  /// @param directory its directory in a `cgroup2` file system
  /// @param family the family of programs
  /// @param order where among the programs that are there
  record Cgroup(Path directory, ProgramFamily family, AttachOrder order) implements Hook {
    /// Behind the programs that are there.
    public Cgroup(Path directory, ProgramFamily family) {
      this(directory, family, AttachOrder.ANY);
    }
  }

  /// A socket of this process.
  ///
  /// @param descriptor its number
  /// @param family the family of programs
  record Socket(int descriptor, ProgramFamily family) implements Hook {}

  /// A socket of this process, by its channel.
  ///
  /// @param family the family of programs
  record Channel(NetworkChannel channel, ProgramFamily family) implements Hook {}

  /// The sockets in a map.
  ///
  /// @param map a map of sockets
  record SocketMap(LoadedMap map) implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.SOCKET_MAP;
    }

    @Override
    public String toString() {
      return "map `" + map.definition().name() + "` of sockets";
    }
  }

  /// A network namespace.
  ///
  /// @param file what stands for it, such as `/proc/self/ns/net` or `/run/netns/name`
  /// @param family the family of programs
  record Namespace(Path file, ProgramFamily family) implements Hook {}

  /// A netfilter hook of the calling thread's network namespace.
  ///
  /// @param ipv6 whether it is for IPv6, else for IPv4
  /// @param point where packets are seen
  /// @param priority the place among the others at the hook: lower ones come first; neither the
  ///   least nor the greatest number
  record Netfilter(boolean ipv6, NetfilterPoint point, int priority) implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.NETFILTER;
    }
  }

  /// A route of the calling thread's network namespace, which is made for the program.
  ///
  /// @param destination an IPv4 or IPv6 network, such as `10.1.0.0/16`
  /// @param networkInterface the interface by which packets leave
  record Route(String destination, String networkInterface) implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.LWT;
    }
  }

  /// Where netfilter sees packets (`NF_INET_*`).
  enum NetfilterPoint {
    /// As they arrive.
    PRE_ROUTING,
    /// On their way to this host's processes.
    LOCAL_IN,
    /// On their way through this host.
    FORWARD,
    /// From this host's processes.
    LOCAL_OUT,
    /// As they leave.
    POST_ROUTING
  }

  /// A static tracepoint, such as `syscalls` and `sys_enter_execve`.
  record Tracepoint(String category, String name) implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.TRACEPOINT;
    }
  }

  /// A static tracepoint by its bare name.
  record RawTracepoint(String name) implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.RAW_TRACEPOINT;
    }
  }

  /// What a program was loaded for: a kernel function, a tracepoint or a security hook.
  record Tracing(String target) implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.TRACING;
    }
  }

  /// A kernel function: its entry, or its return.
  ///
  /// @param function its name; of an instruction behind its entry the name and the distance, such
  ///   as `do_exit+0x10`
  record Kprobe(String function, boolean atReturn) implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.KPROBE;
    }
  }

  /// Many kernel functions: their entries, or their returns.
  ///
  /// @param functions names, in which `*` and `?` may stand for letters
  record KprobeMulti(List<String> functions, boolean atReturn) implements Hook {
    /// Copies the list.
    public KprobeMulti {
      functions = List.copyOf(functions);
    }

    @Override
    public ProgramFamily family() {
      return ProgramFamily.KPROBE_MULTI;
    }
  }

  /// A place in an executable or library.
  ///
  /// @param place where it is
  /// @param process the process, or −1 for all
  /// @param atReturn whether at the function's returns
  record Uprobe(BinaryPlace place, long process, boolean atReturn) implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.UPROBE;
    }
  }

  /// Many functions of an executable or library.
  ///
  /// @param binary a path or name
  /// @param functions names, in which `*` and `?` may stand for letters
  /// @param process the process, or −1 for all
  /// @param atReturn whether at the functions' returns
  record UprobeMulti(String binary, List<String> functions, long process, boolean atReturn)
      implements Hook {
    /// Copies the list.
    public UprobeMulti {
      functions = List.copyOf(functions);
    }

    @Override
    public ProgramFamily family() {
      return ProgramFamily.UPROBE_MULTI;
    }
  }

  /// A static probe of an executable or library.
  ///
  /// @param place where it is
  /// @param process the process, or −1 for all
  /// @param parameters how many arguments the program reads, or −1 for as many as there are
  /// @param specs the program's map of [org.bpf4j.object.ProbeSpecs], if it has one
  record Usdt(ProbePlace place, long process, int parameters, @Nullable LoadedMap specs)
      implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.USDT;
    }

    @Override
    public String toString() {
      return "probe " + place;
    }
  }

  /// Samples of a counter.
  ///
  /// @param counter what is counted
  /// @param period how many events a sample stands for; nanoseconds for clocks
  /// @param process the thread, or −1 for all
  /// @param cpu the CPU, or −1 for all, which only one thread can have
  record PerfEvent(PerfCounter counter, long period, long process, int cpu) implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.PERF_EVENT;
    }
  }

  /// A struct of functions of the kernel, with its programs.
  ///
  /// @param struct the name of the struct's variable
  /// @param link whether the kernel made it for a link
  record StructOps(String struct, boolean link) implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.STRUCT_OPS;
    }
  }

  /// How XDP programs run.
  enum XdpMode {
    /// In the driver if it can, else generic.
    ANY,
    /// In the network stack, on any interface.
    GENERIC,
    /// In the driver.
    NATIVE
  }

  /// Which way packets go.
  enum Direction {
    INGRESS,
    EGRESS
  }
}
