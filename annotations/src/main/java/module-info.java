import org.jspecify.annotations.NullMarked;

/// What programs are written with. Compiled with our own processor, like any library of a user, and
/// shipped with its sidecars.
@NullMarked
module org.bpf4j.annotations {
  requires static org.jspecify;

  exports org.bpf4j.lang;
  exports org.bpf4j.lang.host;
  exports org.bpf4j.lang.net;
}
