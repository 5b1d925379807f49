package org.bpf4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.btf.Btf;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.isa.Assembler;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs of sections that no annotation makes, as other compilers write them.
class ForeignHooksTest {

  private static final List<String> UNIX =
      List.of(
          "connect_unix", "sendmsg_unix", "recvmsg_unix", "getpeername_unix", "getsockname_unix");

  @TempDir private Path folder;

  private static BpfObject allowing(List<String> sections) {
    return new BpfObject(
        "GPL",
        sections.stream()
            .map(
                name ->
                    new CodeSection(
                        "cgroup/" + name,
                        List.of(
                            new BpfFunction(
                                name,
                                true,
                                Assembler.assemble("mov %r0, 1\nexit"),
                                List.of(),
                                List.of(),
                                List.of(),
                                0))))
            .toList(),
        List.of(),
        List.of(),
        Btf.EMPTY,
        Optional.empty(),
        List.of());
  }

  /// A connection, and datagrams between sockets that have names.
  @Test
  @Does(value = "other compilers' programs see Unix sockets", since = "6.7")
  void unixSockets() throws Exception {
    String script =
        """
        import os, socket
        os.chdir("%s")
        server = socket.socket(socket.AF_UNIX)
        server.bind("server")
        server.listen()
        client = socket.socket(socket.AF_UNIX)
        client.connect("server")
        client.getpeername()
        server.getsockname()
        a = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        a.bind("a")
        b = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        b.bind("b")
        b.sendto(b"x", "a")
        a.recvfrom(9)
        """
            .formatted(folder);
    LoadRequest request = LoadRequest.of(allowing(UNIX), ForeignHooksTest.class);
    List<Link> links = new ArrayList<>();
    try (TestCgroup cgroup = TestCgroup.create();
        LoadedObject object = Kernel.local().load(request)) {
      RunCounts.begin();
      UNIX.forEach(name -> links.add(object.program(name).attach(cgroup.hook())));
      Shell.Result result = cgroup.run("exec python3 -c '" + script + "'");
      assertThat(result.status()).as(result.toString()).isZero();
      for (String name : UNIX) {
        assertThat(KernelInventory.describe(object.program(name)).activity().runs())
            .as(name)
            .isPositive();
      }
    } finally {
      links.forEach(Link::close);
    }
  }
}
