package org.bpf4j.load;

import java.nio.file.Path;
import org.bpf4j.attach.LinuxHooks;
import org.bpf4j.core.CoreCandidates;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.keep.Takeover;
import org.bpf4j.kernel.BindRequest;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.sys.Attacher;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.KernelObject;
import org.bpf4j.sys.NativeStart;

/// The kernel of this machine.
///
/// It is where loading and attaching meet; nothing else knows both.
public final class LocalKernel implements Kernel {

  /// As it describes itself.
  public static final Kernel INSTANCE = new LocalKernel(KernelTypes.CANDIDATES);

  static {
    NativeStart.beside();
  }

  private final CoreCandidates candidates;

  private LocalKernel(CoreCandidates candidates) {
    this.candidates = candidates;
  }

  /// As a file describes it.
  ///
  /// @param types a file of BTF
  public static Kernel described(Path types) {
    return new LocalKernel(GivenTypes.read(types));
  }

  @Override
  public LoadedObject load(LoadRequest request) {
    return request.kept().isEmpty()
        ? load(request, LinuxHooks::attach)
        : Takeover.load(
            request,
            request.kept().get(),
            (with, takeover) ->
                load(
                    with,
                    (program, section, name, hook) ->
                        takeover.attach(LinuxHooks::attach, program, section, name, hook)));
  }

  private KernelObject load(LoadRequest request, Attacher attacher) {
    return new ObjectLoader(request, attacher, candidates).load();
  }

  @Override
  public Link openLink(Path pin) {
    return KernelLink.open(pin);
  }

  @Override
  public Link openLink(int id) {
    return KernelLink.open(id);
  }

  @Override
  public LoadedObject bind(BindRequest request) {
    return new ObjectBinder(request, LinuxHooks::attach).bind();
  }
}
