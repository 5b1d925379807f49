package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.handle.Frame;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.Helper;
import org.bpf4j.object.KernelIterator;
import org.bpf4j.sim.Reception.Verdict;

/// A kernel without Linux: it loads objects, and the test plays the world around them.
///
/// Nothing happens by itself: packets arrive by [#receive], tracepoints are hit by [#tracepoint],
/// time passes by [#clock]. Programs, user-space map operations and these methods exclude each
/// other, so tests with several threads are safe too.
public abstract class SimulatedKernel implements Kernel {

  /// `PERF_MAX_TRACE_SIZE`: the greatest record of a tracepoint.
  static final int MAX_TRACE_BYTES = 8192;

  /// The size of `struct __sk_buff`.
  static final int SK_BUFF_BYTES = 192;

  /// The size of `struct xdp_md`.
  static final int XDP_MD_BYTES = 24;

  final Environment environment;
  final Attachments attachments = new Attachments(this);
  final ReentrantLock lock = new ReentrantLock();
  final Condition ranOrClosed = lock.newCondition();
  private final Map<String, Integer> interfaces = new HashMap<>(Map.of("lo", 1));

  /// Creates a kernel around an environment.
  SimulatedKernel(Environment environment) {
    this.environment = environment;
  }

  /// A kernel with two CPUs that runs bytecode.
  public static SimulatedKernel create() {
    return create(2);
  }

  /// A kernel with that many CPUs that runs bytecode.
  public static SimulatedKernel create(int cpus) {
    return new BytecodeKernel(new Environment(cpus));
  }

  /// A kernel with two CPUs that runs the Java bodies of programs, for a debugger: breakpoints in
  /// them hit, and no bytecode is involved.
  public static SimulatedKernel runningJava() {
    return new JavaKernel(new Environment(2));
  }

  /// A kernel whose structs are those of a real one: CO-RE relocations are resolved against them.
  ///
  /// Without, the kernel has the structs that each object declares, laid out as declared.
  public static SimulatedKernel withTypes(BtfTypes types) {
    return new BytecodeKernel(new Environment(2), types);
  }

  @Override
  public Link openLink(Path pin) {
    return attachments.open(pin);
  }

  @Override
  public Link openLink(int id) {
    return attachments.open(id);
  }

  /// Refuses what takes something that is there before: a simulated kernel has no file system, and
  /// each object its own maps.
  static void refuseOthers(LoadRequest request) {
    if (request.kept().isPresent()) {
      throw new UnsupportedFeatureException(
          "keeping objects in a folder: it is a simulation, so load without `keepIn`", null);
    }
    if (!request.sources().isEmpty()) {
      throw new UnsupportedFeatureException("maps of others: it is a simulation", null);
    }
  }

  /// Whether simulated kernels answer a helper as the kernel does; a call of any other ends the
  /// run.
  ///
  /// @param helper the kernel's name without `bpf_`, such as `csum_diff`
  public static boolean hasModel(String helper) {
    return Helper.of(helper).filter(HelperBodies.ALL::containsKey).isPresent();
  }

  /// The clocks.
  public SimulatedClock clock() {
    return environment.clock;
  }

  /// The number of CPUs.
  public int cpus() {
    return environment.cpus;
  }

  /// Lets programs run on that CPU from now on.
  public void cpu(int cpu) {
    if (cpu < 0 || cpu >= environment.cpus) {
      throw new IllegalArgumentException("no CPU " + cpu + " among " + environment.cpus);
    }
    locked(() -> environment.cpu = cpu);
  }

  /// Lets programs run in that task from now on.
  public void task(Task task) {
    locked(() -> environment.task = task);
  }

  /// Places a `task_struct` in kernel memory, as the one of the current task.
  public void taskStruct(byte[] bytes) {
    locked(() -> environment.taskAddress = environment.foreign.placeKernel(bytes));
  }

  /// Places structs in kernel memory, as what loops over an iterator see from now on, whatever they
  /// give it. Without, iterators over tasks give the current one, and others nothing.
  ///
  /// @return their addresses
  public List<Long> list(KernelIterator iterator, List<byte[]> structs) {
    return locked(
        () -> {
          List<Long> addresses = structs.stream().map(environment.foreign::placeKernel).toList();
          environment.lists.put(iterator, addresses);
          return addresses;
        });
  }

  /// Says what the kernel was configured with, as its configuration file would: `y`, `m`, `n`, a
  /// number, or a text in quotes. `LINUX_KERNEL_VERSION` is that of 6.12 until it is said
  /// otherwise. Objects that are loaded later see it.
  public void configured(String name, String value) {
    locked(() -> environment.configuration.put(name, value));
  }

  /// Places bytes in kernel memory, as the variable of that name, and returns their address.
  /// Objects that are loaded later see it.
  public long symbol(String name, byte[] bytes) {
    return locked(
        () -> {
          long address = environment.foreign.placeKernel(bytes);
          environment.symbols.put(name, address);
          return address;
        });
  }

  /// Starts the random numbers anew; initially the seed is 1.
  public void seed(long seed) {
    locked(
        () -> {
          environment.seed(seed);
          return seed;
        });
  }

  /// What programs printed, a line for each call, oldest first.
  public List<String> trace() {
    return locked(() -> List.copyOf(environment.trace));
  }

  /// The signals that programs sent to the current task, oldest first.
  public List<Integer> signals() {
    return locked(() -> List.copyOf(environment.signals));
  }

  /// Places bytes in user space, for programs to read, and returns their address.
  public long userMemory(byte[] bytes) {
    return locked(() -> environment.foreign.placeUser(bytes));
  }

  /// Places bytes in kernel memory, for programs to read, and returns their address.
  public long kernelMemory(byte[] bytes) {
    return locked(() -> environment.foreign.placeKernel(bytes));
  }

  /// The index of a network interface; interfaces come to be when they are first named, and the
  /// loopback interface `lo` has index 1.
  public int interfaceIndex(String networkInterface) {
    return locked(() -> interfaces.computeIfAbsent(networkInterface, _ -> interfaces.size() + 1));
  }

  /// Lets a frame arrive: XDP programs see it first, then TC programs of the ingress hook.
  public Reception receive(String networkInterface, Frame frame) {
    int index = interfaceIndex(networkInterface);
    byte[] bytes = frame.bytes();
    byte[] metadata = new byte[0];
    for (Attachments.Attached program :
        attachments.at(Hook.Xdp.class, h -> h.networkInterface().equals(networkInterface))) {
      TestRun run = program.fire(new TestInput(bytes, xdpContext(bytes.length, index), 1));
      int start = ByteBuffer.wrap(run.context()).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
      metadata = Arrays.copyOf(run.data(), start);
      bytes = Arrays.copyOfRange(run.data(), start, run.data().length);
      switch (run.returnValue()) {
        case 1 -> {
          return new Reception(Verdict.DROPPED, bytes);
        }
        case 2 -> {}
        case 3 -> {
          return new Reception(Verdict.SENT_BACK, bytes);
        }
        case 4 -> {
          return new Reception(Verdict.REDIRECTED, bytes);
        }
        default -> {
          return new Reception(Verdict.ABORTED, bytes);
        }
      }
    }
    return traffic(networkInterface, Direction.INGRESS, index, bytes, metadata);
  }

  /// Lets a frame leave: TC programs of the egress hook see it.
  public Reception send(String networkInterface, Frame frame) {
    int index = interfaceIndex(networkInterface);
    return traffic(networkInterface, Direction.EGRESS, index, frame.bytes(), new byte[0]);
  }

  /// The chain of a tcx hook: `TC_ACT_OK`, `SHOT` and `REDIRECT` end it, anything else asks the
  /// next program (`tcx_action_code` in the kernel).
  private Reception traffic(
      String networkInterface, Direction way, int index, byte[] frame, byte[] metadata) {
    byte[] bytes = frame;
    for (Attachments.Attached program :
        attachments.at(
            Hook.Tc.class,
            h -> h.networkInterface().equals(networkInterface) && h.direction() == way)) {
      int ingress = way == Direction.INGRESS ? index : 0;
      TestRun run = program.fire(new TestInput(bytes, skBuff(index, ingress), 1), metadata);
      bytes = run.data();
      switch (run.returnValue()) {
        case 0 -> {
          return new Reception(Verdict.PASSED, bytes);
        }
        case 2 -> {
          return new Reception(Verdict.DROPPED, bytes);
        }
        case 7 -> {
          return new Reception(Verdict.REDIRECTED, bytes);
        }
        default -> {}
      }
    }
    return new Reception(Verdict.PASSED, bytes);
  }

  private static byte[] xdpContext(int length, int index) {
    ByteBuffer context = ByteBuffer.allocate(XDP_MD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return context.putInt(4, length).putInt(12, index).array();
  }

  private static byte[] skBuff(int index, int ingress) {
    ByteBuffer context = ByteBuffer.allocate(SK_BUFF_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return context.putInt(36, ingress).putInt(40, index).array();
  }

  /// Hits a tracepoint.
  ///
  /// @param category such as `syscalls`
  /// @param name such as `sys_enter_execve`
  /// @param context its record as programs see it; empty for one of zeros
  /// @return the number of programs that ran
  public int tracepoint(String category, String name, byte[] context) {
    return fire(
        attachments.at(
            Hook.Tracepoint.class, h -> h.category().equals(category) && h.name().equals(name)),
        context);
  }

  /// Hits a raw tracepoint.
  ///
  /// @return the number of programs that ran
  public int rawTracepoint(String name, long... arguments) {
    ByteBuffer context =
        ByteBuffer.allocate(PlainContext.ARGUMENT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    context.asLongBuffer().put(arguments);
    return fire(
        attachments.at(Hook.RawTracepoint.class, h -> h.name().equals(name)), context.array());
  }

  /// Calls a kernel function that has probes, with up to six arguments in x86-64's registers.
  ///
  /// @return the number of programs that ran
  public int kprobe(String function, long... arguments) {
    return fire(
        attachments.at(Hook.Kprobe.class, h -> h.function().equals(function) && !h.atReturn()),
        PtRegs.ofArguments(arguments));
  }

  /// Returns from a kernel function that has return probes.
  ///
  /// @return the number of programs that ran
  public int kretprobe(String function, long result) {
    return fire(
        attachments.at(Hook.Kprobe.class, h -> h.function().equals(function) && h.atReturn()),
        PtRegs.ofResult(result));
  }

  /// Makes a system call that has probes, with up to six arguments in x86-64's registers.
  ///
  /// @return the number of programs that ran
  public int ksyscall(String name, long... arguments) {
    return kprobe("__x64_sys_" + name, kernelMemory(PtRegs.ofSystemCall(arguments)));
  }

  /// Calls a function of the current process that has probes, with up to six arguments in x86-64's
  /// registers.
  ///
  /// @return the number of programs that ran
  public int uprobe(String function, long... arguments) {
    return fire(
        attachments.at(
            Hook.Uprobe.class, h -> h.place().function().equals(function) && !h.atReturn()),
        PtRegs.ofArguments(arguments));
  }

  /// Returns from a function of the current process that has return probes.
  ///
  /// @return the number of programs that ran
  public int uretprobe(String function, long result) {
    return fire(
        attachments.at(
            Hook.Uprobe.class, h -> h.place().function().equals(function) && h.atReturn()),
        PtRegs.ofResult(result));
  }

  /// Passes a static probe of the current process, with up to six arguments.
  ///
  /// @return the number of programs that ran
  public int usdt(String provider, String name, long... arguments) {
    return fire(
        attachments.at(
            Hook.Usdt.class,
            h -> h.place().provider().equals(provider) && h.place().name().equals(name)),
        PtRegs.ofArguments(arguments));
  }

  /// Comes to a tracepoint, function or security hook for which programs were loaded: those that
  /// run at its entry if there are only arguments, or those at its return.
  ///
  /// @param words the arguments, and for programs that see it the result behind them
  /// @return what each program returned
  public List<Integer> tracing(String target, long... words) {
    ByteBuffer context =
        ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    context.asLongBuffer().put(words);
    return attachments.at(Hook.Tracing.class, h -> h.target().equals(target)).stream()
        .map(program -> program.fire(TestInput.context(context.array())).returnValue())
        .toList();
  }

  private static int fire(List<Attachments.Attached> programs, byte[] context) {
    List<TestRun> runs = new ArrayList<>();
    programs.forEach(program -> runs.add(program.fire(TestInput.context(context))));
    return runs.size();
  }

  /// Does something while no program runs.
  <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
