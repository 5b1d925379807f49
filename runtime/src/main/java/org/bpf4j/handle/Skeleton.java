package org.bpf4j.handle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bpf4j.kernel.LoadRequest;

/// What all generated skeletons have in common: the loaded object and its attachments.
///
/// The constructor of a skeleton asks for its maps, rings, globals and programs once; accessors
/// return what it got. Methods for that take a name, so that they never collide with an accessor.
public abstract class Skeleton implements AutoCloseable {

  private final LoadedObject object;
  private final LoadRequest request;
  private final Links links = new Links();
  private final List<Supplier<Link>> targeted = new ArrayList<>();

  /// Takes ownership of what was loaded.
  protected Skeleton(LoadedObject object, LoadRequest request) {
    this.object = object;
    this.request = request;
  }

  /// The object as the kernel has it.
  public final LoadedObject loaded() {
    return object;
  }

  /// Attaches every program whose declaration says to what, in order of declaration, and the struct
  /// of functions if the class implements one; if one fails, those before it are detached again.
  ///
  /// Programs with a stage are left alone, since others call them, and so are XDP and traffic
  /// control programs, which need the name of an interface.
  ///
  /// @return the links made; closing it detaches them, and closing the skeleton does so too
  public final Links attachAll() {
    Links made = new Links();
    try {
      for (Supplier<Link> target : targeted) {
        made.own(target.get());
      }
      return made;
    } catch (RuntimeException e) {
      try {
        made.close();
      } catch (RuntimeException close) {
        e.addSuppressed(close);
      }
      throw e;
    }
  }

  /// Pins all maps, data sections and programs in a new folder of a BPF file system, where `bind`,
  /// libbpf and bpftool find them; they outlive this process. The folder is there with all of them
  /// or not at all, also if the process is killed.
  ///
  /// What is attached is not pinned by this: see [Link#pin].
  ///
  /// @throws org.bpf4j.kernel.BpfException if the folder is in no BPF file system
  public final void pinTo(Path folder) {
    object.pin(folder);
  }

  /// Detaches in reverse order, then frees programs and maps. Closing twice is allowed.
  @Override
  public final void close() {
    try {
      links.close();
    } finally {
      object.close();
    }
  }

  /// The map of that name.
  protected final LoadedMap map(String name) {
    return object.map(name);
  }

  /// The reader of the ring of that name.
  ///
  /// @param codec the codec of its records
  protected final <E> RingReader<E> ring(String name, Codec<E> codec) {
    return new RingReader<>(object.ring(name), codec, lost(name));
  }

  /// The ring of that name that programs read.
  protected final LoadedUserRing userRing(String name) {
    return object.userRing(name);
  }

  /// The memory of the arena of that name.
  protected final LoadedData arena(String name) {
    return object.arena(name);
  }

  /// The map of programs of that name.
  ///
  /// @param stages the codec of its keys
  protected final <S extends Enum<S>> ProgramArrayHandle<S> programs(String name, Codec<S> stages) {
    return new ProgramArrayHandle<>(object.map(name), stages);
  }

  /// The reader of the perf buffers of that name; they exist from the first call on.
  ///
  /// @param codec the codec of its records
  protected final <E> RingReader<E> events(String name, Codec<E> codec) {
    LoadedRing buffers = object.ring(name);
    return new RingReader<>(buffers, codec, buffers::lost);
  }

  /// Each ring has a counter `<ring>_lost`, which the programs advance.
  private LongSupplier lost(String ring) {
    return global(ring + "_lost")::getLong;
  }

  /// The global variable of that name.
  protected final Global global(String name) {
    ObjectResource.Variable place = ObjectResource.variable(object.object(), name);
    return new Global(
        object.data(place.section().name()), place.offset(), place.size(), place.lengths());
  }

  /// The XDP program of that name.
  protected final XdpProgram xdp(String name) {
    return new XdpProgram(object, name, links);
  }

  /// The traffic control program of that name.
  protected final TcProgram tc(String name) {
    return new TcProgram(object, name, links);
  }

  /// The program for a cgroup's packets of that name.
  protected final CgroupSkbProgram cgroupSkb(String name) {
    return new CgroupSkbProgram(object, name, links);
  }

  /// The program for what a cgroup's processes do of that name.
  protected final CgroupProgram cgroup(String name) {
    return new CgroupProgram(object, name, links);
  }

  /// The program for the sockets in a map of that name.
  protected final SocketMapProgram socketMap(String name) {
    return new SocketMapProgram(object, name, links);
  }

  /// The program for sockets that share a port of that name.
  protected final SkReuseportProgram skReuseport(String name) {
    return new SkReuseportProgram(object, name, links);
  }

  /// The socket lookup program of that name.
  protected final SkLookupProgram skLookup(String name) {
    return new SkLookupProgram(object, name, links);
  }

  /// The flow dissector of that name.
  protected final FlowDissectorProgram flowDissector(String name) {
    return new FlowDissectorProgram(object, name, links);
  }

  /// The netfilter program of that name.
  protected final NetfilterProgram netfilter(String name) {
    return new NetfilterProgram(object, name, links);
  }

  /// The program for a route of that name.
  protected final LwtProgram lwt(String name) {
    return new LwtProgram(object, name, links);
  }

  /// The program for the entries of a map of that name.
  protected final XdpMapProgram xdpMap(String name) {
    return new XdpMapProgram(object, name, links);
  }

  /// The netkit program of that name.
  protected final NetkitProgram netkit(String name) {
    return new NetkitProgram(object, name, links);
  }

  /// The socket filter of that name.
  protected final SocketFilterProgram socketFilter(String name) {
    return new SocketFilterProgram(object, name, links);
  }

  /// The tracepoint program of that name.
  ///
  /// @param event the category and the name, such as `sched/sched_switch`
  protected final TracepointProgram tracepoint(String name, String event) {
    int slash = event.indexOf('/');
    Hook.Tracepoint hook =
        new Hook.Tracepoint(event.substring(0, Math.max(slash, 0)), event.substring(slash + 1));
    return target(new TracepointProgram(object, name, links, hook));
  }

  /// The raw tracepoint program of that name.
  protected final RawTracepointProgram rawTracepoint(String name, String event) {
    return target(new RawTracepointProgram(object, name, links, new Hook.RawTracepoint(event)));
  }

  /// The program of that name for many kernel functions.
  protected final KprobeMultiProgram kprobeMulti(String name, String... functions) {
    return target(new KprobeMultiProgram(object, name, links, List.of(functions)));
  }

  /// The program of that name for a function of processes.
  ///
  /// @param place as [BinaryPlace#parse] reads it
  protected final UprobeProgram uprobe(String name, String place) {
    return target(new UprobeProgram(object, name, links, BinaryPlace.parse(place)));
  }

  /// The program of that name for many functions of processes.
  protected final UprobeMultiProgram uprobeMulti(String name, String... places) {
    List<BinaryPlace> parsed = Stream.of(places).map(BinaryPlace::parse).toList();
    return target(new UprobeMultiProgram(object, name, links, parsed));
  }

  /// The program of that name for a static probe of processes.
  ///
  /// @param place as [ProbePlace#parse] reads it
  protected final UsdtProgram usdt(String name, String place) {
    return target(new UsdtProgram(object, name, links, ProbePlace.parse(place)));
  }

  /// The program of that name for samples.
  protected final PerfEventProgram perfEvent(String name) {
    return new PerfEventProgram(object, name, links);
  }

  /// The program of that name for a list of the kernel.
  ///
  /// @param list the list, for which it is loaded
  protected final IterProgram iter(String name, String list) {
    return new IterProgram(object, name, links);
  }

  /// The program of that name for one place in the kernel.
  protected final TracingProgram tracing(String name, String target) {
    return target(new TracingProgram(object, name, links, new Hook.Tracing(target)));
  }

  /// The kprobe program of that name.
  ///
  /// @param functions the kernel functions to try, in this order
  protected final KprobeProgram kprobe(String name, String... functions) {
    return target(new KprobeProgram(object, name, links, List.of(functions)));
  }

  /// The program of that name that is a function of a struct of the kernel.
  ///
  /// @param member the function
  protected final StructOpsProgram structOps(String name, String member) {
    return new StructOpsProgram(object, name, links);
  }

  /// The struct of functions of that name.
  protected final Operations operations(String name) {
    Operations owned =
        new Operations() {
          @Override
          public String name() {
            return name;
          }

          @Override
          public Operations loaded() {
            return object.operations(name);
          }

          @Override
          public Link attach() {
            return links.own(loaded().attach());
          }
        };
    targeted.add(owned::attach);
    return owned;
  }

  /// The syscall program of that name.
  ///
  /// @param codec the codec of its argument
  protected final <C> SyscallProgram<C> syscall(String name, Codec<C> codec) {
    return new SyscallProgram<>(object, name, links, codec);
  }

  /// Programs that others hand over to are called, not attached.
  private <P extends ProgramHandle & TargetedProgram> P target(P program) {
    boolean called =
        object.object().maps().stream()
            .anyMatch(map -> map.traits().slots().containsValue(program.name()));
    if (!called && !request.skipped().contains(program.name())) {
      targeted.add(program::attach);
    }
    return program;
  }
}
