package org.bpf4j.sim;

import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.bpf4j.handle.AttachOrder;
import org.bpf4j.handle.AttachOrder.Neighbour;
import org.bpf4j.handle.AttachOrder.Side;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.inventory.ListedLink;
import org.bpf4j.inventory.Tenure;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.ProgramFamily;
import org.bpf4j.object.ProgramKind;
import org.jspecify.annotations.Nullable;

/// Which programs hang where, in order of attachment.
final class Attachments {

  private static final int EBUSY = 16;
  private static final int EEXIST = 17;
  private static final int ENOENT = 2;

  /// A program as the hooks see it: it goes on running when its object is closed, as in Linux,
  /// where a link holds its program.
  interface Attached {

    /// Runs it, whether or not its object is open.
    ///
    /// @param metadata what lies before the packet, if the context is a socket buffer
    TestRun fire(TestInput input, byte[] metadata);

    /// Runs it without metadata.
    default TestRun fire(TestInput input) {
      return fire(input, new byte[0]);
    }
  }

  private final List<Attachment> attachments = new CopyOnWriteArrayList<>();
  private final Map<Path, Attachment> pins = new LinkedHashMap<>();
  private final IdentityHashMap<Attached, Integer> programs = new IdentityHashMap<>();
  private final SimulatedKernel kernel;
  private int made;

  Attachments(SimulatedKernel kernel) {
    this.kernel = kernel;
  }

  /// Attaches a program.
  ///
  /// @throws IllegalArgumentException if that kind of program does not go there
  /// @throws SyscallException if an interface has an XDP program already
  <P extends LoadedProgram & Attached> Link attach(P program, Hook hook) {
    ProgramFamily wanted = hook.family();
    if (program.kind().family() != wanted) {
      throw new IllegalArgumentException(
          "program `"
              + program.name()
              + "` is of kind "
              + program.kind()
              + ", not for "
              + wanted
              + " hooks");
    }
    if (program.kind() == ProgramKind.FREPLACE) {
      throw new UnsupportedFeatureException("extensions, being simulated", null);
    }
    if (hook instanceof Hook.Xdp xdp && !at(Hook.Xdp.class, on(xdp)).isEmpty()) {
      throw new SyscallException(
          "attach " + program.name() + " to " + xdp.networkInterface(),
          EBUSY,
          "EBUSY: the interface has an XDP program already");
    }
    Attachment attachment = new Attachment(hook, program, program.kind());
    return kernel.locked(
        () -> {
          attachments.add(place(attachment.hook), attachment);
          return new SimulatedLink(this, attachment, hook);
        });
  }

  /// Where among the others a new one goes.
  private int place(Hook hook) {
    AttachOrder order =
        switch (hook) {
          case Hook.Tc tc -> tc.order();
          case Hook.Netkit netkit -> netkit.order();
          case Hook.Cgroup cgroup -> cgroup.order();
          default -> AttachOrder.ANY;
        };
    if (order.revision() != 0) {
      throw new UnsupportedFeatureException("revisions of hooks, being simulated", null);
    }
    boolean before = order.side() == Side.BEFORE;
    if (order.neighbour().isEmpty()) {
      return before ? 0 : attachments.size();
    }
    for (int i = 0; i < attachments.size(); i++) {
      if (isThere(attachments.get(i), hook, order.neighbour().get())) {
        return before ? i : i + 1;
      }
    }
    throw new SyscallException(
        "attaching to " + hook, ENOENT, "ENOENT (2): the other one is not there");
  }

  private boolean isThere(Attachment other, Hook hook, Neighbour neighbour) {
    boolean same =
        switch (neighbour) {
          case Neighbour.OfLink(int id) -> other.id == id;
          case Neighbour.OfProgram(int id) -> number(other.program()) == id;
        };
    return same && !other.detached && place(other).equals(withoutOrder(hook));
  }

  private static Hook place(Attachment attachment) {
    return withoutOrder(attachment.hook);
  }

  private static Hook withoutOrder(Hook hook) {
    return switch (hook) {
      case Hook.Tc(String name, Direction way, _) -> new Hook.Tc(name, way);
      case Hook.Netkit(String name, _) -> new Hook.Netkit(name);
      case Hook.Cgroup(Path folder, ProgramFamily family, _) -> new Hook.Cgroup(folder, family);
      default -> hook;
    };
  }

  /// The number of a program, which it gets when it is first asked for.
  int number(Attached program) {
    return programs.computeIfAbsent(program, _ -> programs.size() + 1);
  }

  /// What there is to say of an attachment.
  ListedLink describe(Attachment attachment) {
    return new ListedLink(
        attachment.id,
        number(attachment.program()),
        LinkTargets.of(attachment.hook, attachment.kind, kernel::interfaceIndex),
        Tenure.UNKNOWN);
  }

  /// A link that is pinned.
  Link open(Path pin) {
    return kernel.locked(
        () -> {
          Attachment found = pins.get(pin);
          if (found == null) {
            throw new NoSuchTargetException(
                "link pinned at " + pin, pins.keySet().stream().map(Path::toString).toList());
          }
          SimulatedLink link = new SimulatedLink(this, found, null);
          link.pinned(pin);
          return link;
        });
  }

  /// A link by its number.
  Link open(int id) {
    return kernel.locked(
        () ->
            attachments.stream()
                .filter(attachment -> attachment.id == id)
                .findFirst()
                .map(attachment -> new SimulatedLink(this, attachment, null))
                .orElseThrow(() -> new NoSuchTargetException("link of number " + id, List.of())));
  }

  /// While it runs, the helper finds the cookie.
  private Attached withCookie(Attached attached, long cookie) {
    return (input, metadata) ->
        kernel.locked(
            () -> {
              long before = kernel.environment.cookie;
              kernel.environment.cookie = cookie;
              try {
                return attached.fire(input, metadata);
              } finally {
                kernel.environment.cookie = before;
              }
            });
  }

  /// The name that a hook's cookie goes by, as on Linux; of several functions none is simulated.
  private static String function(Hook hook) {
    return switch (hook) {
      case Hook.Tracepoint tracepoint -> tracepoint.name();
      case Hook.RawTracepoint tracepoint -> tracepoint.name();
      case Hook.Tracing tracing -> tracing.target();
      case Hook.Kprobe kprobe -> kprobe.function();
      case Hook.Uprobe uprobe -> uprobe.place().function();
      default -> "";
    };
  }

  private static Predicate<Hook.Xdp> on(Hook.Xdp xdp) {
    return other -> other.networkInterface().equals(xdp.networkInterface());
  }

  /// The programs at the hooks of a kind that the predicate accepts.
  <H extends Hook> List<Attached> at(Class<H> kind, Predicate<H> where) {
    return attachments.stream()
        .filter(a -> !a.detached && kind.isInstance(a.hook) && where.test(kind.cast(a.hook)))
        .map(Attachment::firing)
        .toList();
  }

  /// What is at a hook: it stays as long as somebody holds it, by an open link or a pin.
  final class Attachment {

    final int id = ++made;
    final Hook hook;
    final ProgramKind kind;
    private final @Nullable ToLongFunction<String> cookies;
    private Attached program;
    private volatile Attached firing;
    private int holders;
    private volatile boolean detached;

    private Attachment(Hook hook, Attached program, ProgramKind kind) {
      this.hook = hook instanceof Hook.WithCookie(Hook inner, _) ? inner : hook;
      this.cookies = hook instanceof Hook.WithCookie(_, var numbers) ? numbers : null;
      this.kind = kind;
      this.program = program;
      this.firing = firing(program);
    }

    private Attached firing(Attached attached) {
      return cookies == null ? attached : withCookie(attached, cookies.applyAsLong(function(hook)));
    }

    private Attached firing() {
      return firing;
    }

    /// The program that is there.
    Attached program() {
      return program;
    }

    /// Puts another program there.
    void put(Attached next) {
      program = next;
      firing = firing(next);
    }

    boolean isDetached() {
      return detached;
    }

    void detach() {
      detached = true;
    }

    void hold() {
      holders++;
    }

    void drop() {
      holders--;
      if (holders == 0) {
        attachments.remove(this);
      }
    }
  }

  /// Does something while no program runs.
  <T> T locked(Supplier<T> action) {
    return kernel.locked(action);
  }

  /// Pins an attachment; the pin holds it.
  void pin(Path path, Attachment attachment) {
    if (pins.putIfAbsent(path, attachment) != null) {
      throw new SyscallException(
          "pinning to " + path, EEXIST, "EEXIST (17): something is there already");
    }
    attachment.hold();
  }

  /// Removes a pin, if it is there.
  void unpin(Path path) {
    Attachment pinned = pins.remove(path);
    if (pinned != null) {
      pinned.drop();
    }
  }

  /// Whether something is pinned there.
  boolean isPinned(Path path) {
    return pins.containsKey(path);
  }
}
