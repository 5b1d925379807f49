import org.jspecify.annotations.NullMarked;

/// From the accepted subset of Java to a BPF object: a pure function that knows neither javac nor
/// files nor the kernel. Only the composition, its diagnostics and the verifier are for everybody;
/// the stages between are free to change, and the processor alone writes the `ast` they start from.
@NullMarked
@SuppressWarnings("module") // the processor comes after the compiler in the build
module org.bpf4j.compiler {
  requires transitive org.bpf4j.format;
  requires static org.jspecify;

  exports org.bpf4j.compiler;
  exports org.bpf4j.verify;
  exports org.bpf4j.compiler.diagnostic;
  exports org.bpf4j.compiler.ast to
      org.bpf4j.processor;
}
