import org.jspecify.annotations.NullMarked;

/// Everything that knows javac. Exports nothing: javac finds the processor as a service.
@NullMarked
module org.bpf4j.processor {
  requires java.compiler;
  requires jdk.compiler;
  requires org.bpf4j.compiler;
  requires org.bpf4j.format;
  requires com.palantir.javapoet;
  requires static com.google.auto.service;
  requires static org.jspecify;
}
