package org.bpf4j.keep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.KernelPins;
import org.bpf4j.sys.LinkCommands;
import org.bpf4j.sys.Refusal;

/// A pinned link, whose program is replaced.
///
/// Most hooks take another program in one step. Where the kernel has no such step, as at
/// tracepoints and functions, the new program is attached before the old one is taken away: for a
/// moment an event is seen by both.
///
/// @param pin where it is pinned
record KeptLink(Path pin) {

  /// What the name of a link's pin ends with until it takes the place of another one.
  private static final String NEXT = "-next";

  /// Attaches a program where another one is, or where none is.
  ///
  /// @param attaching attaches it where none is
  Link attach(Descriptor program, Supplier<Link> attaching) {
    KernelPins.remove(next());
    if (!Files.exists(pin)) {
      return attachNew(attaching, pin);
    }
    return switch (put(program)) {
      case DONE -> KernelLink.open(pin);
      case GONE -> {
        KernelPins.remove(pin);
        yield attachNew(attaching, pin);
      }
      case NO_STEP -> {
        Link link = attachNew(attaching, next());
        rename();
        yield link;
      }
    };
  }

  private static Link attachNew(Supplier<Link> attaching, Path pin) {
    Link link = attaching.get();
    try {
      link.pin(pin);
      return link;
    } catch (RuntimeException | Error e) {
      link.close();
      throw e;
    }
  }

  private Path next() {
    return pin.resolveSibling(pin.getFileName() + NEXT);
  }

  /// Who held the old link lets it go, unless another process does, too.
  private void rename() {
    try {
      Files.move(next(), pin, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot replace the link at " + pin, e);
    }
  }

  /// What came of putting a program in the place of the present one.
  enum Outcome {
    DONE,
    /// What the link was attached to is gone, or the link itself.
    GONE,
    /// The kernel cannot do so in one step.
    NO_STEP
  }

  /// Puts a program in the place of the present one.
  ///
  /// @throws org.bpf4j.kernel.BpfException if the kernel refuses it
  Outcome put(Descriptor program) {
    try (KernelLink link = KernelLink.open(pin)) {
      if (!link.info().target().takesUpdates()) {
        return Outcome.NO_STEP;
      }
      long result = link.with(descriptor -> LinkCommands.update(descriptor, program));
      if (Errno.ENOLINK.is(result)) {
        return Outcome.GONE;
      }
      if (result < 0) {
        throw Refusal.ofUpdate(result, "updating the " + link);
      }
      return Outcome.DONE;
    } catch (NoSuchTargetException _) {
      return Outcome.GONE;
    }
  }

  /// Whether the kernel can put another program there in one step, or nothing is there any more.
  boolean takesUpdates() {
    try (KernelLink link = KernelLink.open(pin)) {
      return link.info().target().takesUpdates();
    } catch (NoSuchTargetException _) {
      return true;
    }
  }

  /// Detaches what is attached: nobody but this pin holds the link, or else they keep it.
  void remove() {
    KernelPins.remove(next());
    KernelPins.remove(pin);
  }
}
