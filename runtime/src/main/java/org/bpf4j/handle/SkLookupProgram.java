package org.bpf4j.handle;

import java.nio.file.Path;
import org.bpf4j.object.ProgramFamily;

/// A program for a network namespace's search for sockets.
public final class SkLookupProgram extends ProgramHandle {

  SkLookupProgram(LoadedObject object, String name, Links links) {
    super(object, name, links);
  }

  /// Attaches to the network namespace of the calling thread.
  public Link attach() {
    return attach(Path.of("/proc/thread-self/ns/net"));
  }

  /// Attaches to a network namespace.
  ///
  /// @param namespace the file that stands for it, such as `/run/netns/name`
  /// @throws org.bpf4j.kernel.NoSuchTargetException if there is no such file
  public Link attach(Path namespace) {
    return attachTo(new Hook.Namespace(namespace, ProgramFamily.SK_LOOKUP));
  }

  /// Runs it once over a context struct (`struct bpf_sk_lookup`), without any namespace.
  public TestRun run(byte[] context) {
    return loaded().run(TestInput.context(context));
  }
}
