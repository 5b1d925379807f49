package org.bpf4j.sim;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.Operations;
import org.bpf4j.inventory.ListedLink;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.jspecify.annotations.Nullable;

/// A hold on an attachment of a simulated kernel; what changes excludes running programs.
final class SimulatedLink implements Link {

  private static final int ENOLINK = 67;

  private final Attachments attachments;
  private final Attachments.Attachment attachment;
  private final @Nullable Hook hook;
  private final List<Path> pins = new ArrayList<>();
  private boolean closed;

  /// @param hook what it was made for, or null if it was opened
  SimulatedLink(Attachments attachments, Attachments.Attachment attachment, @Nullable Hook hook) {
    this.attachments = attachments;
    this.attachment = attachment;
    this.hook = hook;
    attachment.hold();
  }

  /// It was opened by a pin.
  void pinned(Path pin) {
    pins.add(pin);
  }

  private <T> T open(Supplier<T> action) {
    return attachments.locked(
        () -> {
          if (closed) {
            throw new IllegalStateException(this + " is closed");
          }
          return action.get();
        });
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
    return open(() -> attachments.describe(attachment));
  }

  @Override
  public void update(LoadedProgram next) {
    open(() -> put(next));
  }

  @Override
  public void update(Operations next) {
    throw new UnsupportedFeatureException("structs of functions, being simulated", null);
  }

  @Override
  public boolean replace(LoadedProgram expected, LoadedProgram next) {
    return open(() -> attachment.program().equals(expected) && put(next));
  }

  @Override
  public boolean replace(int expected, LoadedProgram next) {
    return open(() -> attachments.number(attachment.program()) == expected && put(next));
  }

  private boolean put(LoadedProgram next) {
    if (!takesUpdates(attachment.hook)) {
      throw new UnsupportedFeatureException(
          "another program in the place of the one at "
              + attachment.hook
              + ": attach it, then close this link; for a moment both run",
          null);
    }
    if (!(next instanceof Attachments.Attached program) || next.kind() != attachment.kind) {
      throw new IllegalArgumentException(
          "program `" + next.name() + "` is of kind " + next.kind() + " and not for " + this);
    }
    if (attachment.isDetached()) {
      throw new SyscallException(
          "updating the " + this, ENOLINK, "ENOLINK (67): no longer attached");
    }
    attachment.put(program);
    return true;
  }

  /// As Linux does.
  private static boolean takesUpdates(Hook hook) {
    return switch (hook) {
      case Hook.Xdp _,
          Hook.Tc _,
          Hook.Netkit _,
          Hook.Cgroup _,
          Hook.Socket _,
          Hook.Channel _,
          Hook.SocketMap _,
          Hook.Namespace _,
          Hook.Route _ ->
          true;
      case Hook.WithCookie _,
          Hook.Netfilter _,
          Hook.Tracepoint _,
          Hook.RawTracepoint _,
          Hook.Tracing _,
          Hook.Kprobe _,
          Hook.KprobeMulti _,
          Hook.Uprobe _,
          Hook.UprobeMulti _,
          Hook.Usdt _,
          Hook.PerfEvent _,
          Hook.StructOps _ ->
          false;
    };
  }

  @Override
  public void detach() {
    open(
        () -> {
          attachment.detach();
          return true;
        });
  }

  @Override
  public void pin(Path path) {
    open(
        () -> {
          attachments.pin(path, attachment);
          return pins.add(path);
        });
  }

  @Override
  public void unpin() {
    attachments.locked(
        () -> {
          pins.forEach(attachments::unpin);
          pins.clear();
          return true;
        });
  }

  @Override
  public boolean isPinned() {
    return attachments.locked(() -> pins.stream().anyMatch(attachments::isPinned));
  }

  @Override
  public Link release() {
    return this;
  }

  @Override
  public void close() {
    attachments.locked(
        () -> {
          if (!closed) {
            closed = true;
            attachment.drop();
          }
          return true;
        });
  }

  @Override
  public String toString() {
    return "link to " + attachment.hook;
  }
}
