import org.jspecify.annotations.NullMarked;

/// The command line. Exports nothing: it is a program.
@NullMarked
module org.bpf4j.cli {
  requires java.compiler;
  requires org.bpf4j.compiler;
  requires org.bpf4j.processor;
  requires org.bpf4j.runtime;
  requires org.bpf4j.testing;
  requires info.picocli;
  requires static org.jspecify;

  uses javax.annotation.processing.Processor;

  opens org.bpf4j.cli to
      info.picocli;
}
