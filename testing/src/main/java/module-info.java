import org.jspecify.annotations.NullMarked;

/// The same objects without a kernel: a virtual machine, a simulated kernel, packets, and the JUnit
/// extension that brings them into a test.
@NullMarked
module org.bpf4j.testing {
  requires org.bpf4j.compiler;
  requires transitive org.bpf4j.runtime;
  requires static org.junit.jupiter.api;
  requires static org.jspecify;

  exports org.bpf4j.junit;
  exports org.bpf4j.packet;
  exports org.bpf4j.sim;
  exports org.bpf4j.vm;
}
