import org.jspecify.annotations.NullMarked;

/// From an object to the running kernel. The system calls stay inside: descriptors leave only as
/// handles.
@NullMarked
module org.bpf4j.runtime {
  requires transitive org.bpf4j.annotations;
  requires transitive org.bpf4j.format;
  requires static jdk.jfr;
  requires static org.jspecify;
  requires static org.tukaani.xz;

  exports org.bpf4j.attach;
  exports org.bpf4j.handle;
  exports org.bpf4j.inspect;
  exports org.bpf4j.inventory;
  exports org.bpf4j.keep;
  exports org.bpf4j.kernel;
  exports org.bpf4j.load;
  exports org.bpf4j.probe;
}
