package org.bpf4j.sys;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.bpf4j.event.Events;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.Operations;
import org.bpf4j.inventory.KernelTerms;
import org.bpf4j.inventory.LinkTarget;
import org.bpf4j.inventory.ListedLink;
import org.bpf4j.inventory.Tenure;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.jspecify.annotations.Nullable;

/// A link of bpf(2), which lives as long as its descriptors and pins: closing the last, also by the
/// end of the process, detaches.
public final class KernelLink implements Link {

  /// What the kernel says of each descriptor of a link.
  private static final String LINK_ID = "link_id";

  private final @Nullable Hook hook;
  private final String what;
  private final Descriptor link;
  private final List<Descriptor> others;
  private final List<Path> pins = new CopyOnWriteArrayList<>();
  private final AtomicBoolean told = new AtomicBoolean();
  private final Lifetime lifetime;

  private KernelLink(@Nullable Hook hook, String what, Descriptor link, List<Descriptor> others) {
    this.hook = hook;
    this.what = what;
    this.link = link;
    this.others = others;
    lifetime = new Lifetime(what, this::free);
  }

  /// Takes over a link that was made.
  ///
  /// @param others what to close behind it, such as the perf event that it is on
  public static KernelLink of(Hook hook, Descriptor link, Descriptor... others) {
    return new KernelLink(hook, "link to " + hook, link, List.of(others));
  }

  /// Opens a link that is pinned.
  ///
  /// @throws NoSuchTargetException if nothing, or no link, is pinned there
  public static KernelLink open(Path pin) {
    Descriptor descriptor = KernelPins.open(pin, "link");
    if (!KernelFiles.descriptor(descriptor).containsKey(LINK_ID)) {
      descriptor.close();
      throw KernelPins.missing(pin, "link");
    }
    KernelLink link = opened(descriptor);
    link.pins.add(pin);
    return link;
  }

  /// Opens a link by its number.
  ///
  /// @throws NoSuchTargetException if there is none
  public static KernelLink open(int id) {
    return opened(
        ObjectFamily.LINK
            .open(id)
            .orElseThrow(() -> new NoSuchTargetException("link of number " + id, List.of())));
  }

  private static KernelLink opened(Descriptor link) {
    try {
      ListedLink listed = LinkReader.read(link, Tenure.UNKNOWN);
      String what = "link " + listed.id() + " (" + listed.target().type() + ")";
      return new KernelLink(null, what, link, List.of());
    } catch (RuntimeException | Error e) {
      link.close();
      throw e;
    }
  }

  /// The descriptor, for as long as a call lasts.
  ///
  /// @throws IllegalStateException if the link is closed
  public <T> T with(Function<Descriptor, T> call) {
    return open(() -> call.apply(link));
  }

  private <T> T open(Supplier<T> call) {
    lifetime.enter();
    try {
      return call.get();
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public Optional<Hook> hook() {
    return Optional.ofNullable(hook);
  }

  @Override
  public boolean diesWithProcess() {
    return !isPinned();
  }

  @Override
  public ListedLink info() {
    return open(() -> LinkReader.read(link, Tenure.UNKNOWN));
  }

  @Override
  public void update(LoadedProgram next) {
    long result = put(next, program -> LinkCommands.update(link, program));
    if (result < 0) {
      throw refused(result);
    }
  }

  @Override
  public boolean replace(LoadedProgram expected, LoadedProgram next) {
    return own(expected).with(program -> replace(program, next));
  }

  @Override
  public boolean replace(int expected, LoadedProgram next) {
    Optional<Descriptor> program = ObjectFamily.PROGRAM.open(expected);
    if (program.isEmpty()) {
      return false;
    }
    try (Descriptor opened = program.get()) {
      return replace(opened, next);
    }
  }

  /// To kernels another program there is a lack of permission, so the link is asked what is there.
  private boolean replace(Descriptor expected, LoadedProgram next) {
    long result = put(next, program -> LinkCommands.replace(link, expected, program));
    if (Errno.EPERM.is(result)
        && info().programId() != ObjectInfo.of(expected, "a program").number(4)) {
      return false;
    }
    if (result < 0) {
      throw refused(result);
    }
    return true;
  }

  private long put(LoadedProgram next, ToLongFunction<Descriptor> command) {
    KernelProgram program = own(next);
    return open(
        () -> {
          requirePlace(program);
          return program.with(command::applyAsLong);
        });
  }

  private static KernelProgram own(LoadedProgram program) {
    if (!(program instanceof KernelProgram own)) {
      throw new IllegalArgumentException(
          "program `" + program.name() + "` is not in this kernel, but " + program);
    }
    return own;
  }

  /// Of a cgroup's hooks the kernel compares only the type of programs, which many share.
  private void requirePlace(KernelProgram program) {
    LinkTarget target = LinkReader.read(link, Tenure.UNKNOWN).target();
    if (!target.takesUpdates()) {
      throw new UnsupportedFeatureException(
          "another program in the place of the one of this "
              + what
              + ": attach it, then close this link; for a moment both run",
          null);
    }
    boolean family = hook == null || hook.family() == program.kind().family();
    boolean type =
        !(target instanceof LinkTarget.Cgroup(_, String attachType))
            || attachType.equals(KernelTerms.attachType(program.section().attachType()));
    if (!family || !type) {
      throw new IllegalArgumentException(
          "program `" + program.name() + "` is of kind " + program.kind() + " and not for " + what);
    }
  }

  private RuntimeException refused(long result) {
    return Refusal.ofUpdate(result, "updating the " + what);
  }

  @Override
  public void update(Operations next) {
    if (!(next.loaded() instanceof KernelOperations struct)) {
      throw new IllegalArgumentException("struct `" + next.name() + "` is not in this kernel");
    }
    open(
        () -> {
          if (!(LinkReader.read(link, Tenure.UNKNOWN).target() instanceof LinkTarget.StructOps)) {
            throw new IllegalArgumentException("this " + what + " has no struct, but a program");
          }
          long result = struct.forLink(map -> LinkCommands.update(link, map));
          if (result < 0) {
            throw refused(result);
          }
          return result;
        });
  }

  @Override
  public void detach() {
    open(
        () -> {
          long result = LinkCommands.detach(link);
          if (Errno.EOPNOTSUPP.is(result)) {
            throw new UnsupportedFeatureException(
                "detaching what others may hold of this "
                    + what
                    + ": it ends with its last descriptor and pin, by unpin() and close()",
                null);
          }
          if (result < 0) {
            throw Refusal.ofUpdate(result, "detaching the " + what);
          }
          tell();
          return result;
        });
  }

  @Override
  public void pin(Path path) {
    open(
        () -> {
          KernelPins.pin(link, path, what);
          return pins.add(path);
        });
  }

  @Override
  public void unpin() {
    pins.removeIf(
        pin -> {
          KernelPins.remove(pin);
          return true;
        });
  }

  @Override
  public boolean isPinned() {
    return pins.stream().anyMatch(Files::exists);
  }

  @Override
  public Link release() {
    return this;
  }

  private void free() {
    link.close();
    others.forEach(Descriptor::close);
  }

  private void tell() {
    if (told.compareAndSet(false, true)) {
      Events.detached(hook == null ? what : hook.toString());
    }
  }

  @Override
  public void close() {
    lifetime.close();
    if (hook != null && !isPinned()) {
      tell();
    }
  }

  @Override
  public String toString() {
    return what;
  }
}
