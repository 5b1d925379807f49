package org.bpf4j.sys;

import java.util.Set;
import java.util.function.Function;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.Operations;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramSection;

/// A struct of functions in Linux: a map with one value, the struct, in which programs stand by
/// their descriptors.
public final class KernelOperations implements Operations, AutoCloseable {

  private final Hook.StructOps hook;
  private final Descriptor map;
  private final byte[] value;
  private static final ProgramSection SECTION =
      new ProgramSection(ProgramKind.OPERATION, Set.of(), "");

  private final Attacher attacher;
  private final Lifetime lifetime;

  /// Takes ownership of a map's descriptor.
  ///
  /// @param value what the map is to hold; the programs in it live as long as this object
  public KernelOperations(Hook.StructOps hook, Descriptor map, byte[] value, Attacher attacher) {
    this.hook = hook;
    this.map = map;
    this.value = value.clone();
    this.attacher = attacher;
    lifetime = new Lifetime("struct `" + hook.struct() + "`", map::close);
  }

  @Override
  public String name() {
    return hook.struct();
  }

  @Override
  public Link attach() {
    return filled(map -> attacher.attach(map, SECTION, name(), hook));
  }

  /// Does something with a map for links.
  ///
  /// @throws IllegalArgumentException if filling it attaches it
  /// @throws IllegalStateException if the struct is closed
  <T> T forLink(Function<Descriptor, T> call) {
    if (!hook.link()) {
      throw new IllegalArgumentException("struct `" + name() + "` was not made for a link");
    }
    return filled(call);
  }

  /// Does something with the map while it is full. A map for links is filled once, and the link is
  /// what attaches; filling any other attaches, in the place of one of that name which a dead
  /// process left.
  ///
  /// @throws IllegalStateException if the struct is closed
  private <T> T filled(Function<Descriptor, T> call) {
    lifetime.enter();
    try {
      long result = Bpf.fill(map, 0, value);
      if (result < 0 && !hook.link() && LeftStruct.reclaim(name())) {
        result = Bpf.fill(map, 0, value);
      }
      boolean filled = hook.link() && Errno.EBUSY.is(result);
      if (!filled) {
        Failure.check(result, "giving struct `" + name() + "` to the kernel");
      }
      return call.apply(map);
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public void close() {
    lifetime.close();
  }
}
