package org.bpf4j.processor;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.FileObject;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import org.bpf4j.compiler.BpfCompiler;
import org.bpf4j.compiler.ast.Declaration;
import org.bpf4j.compiler.ast.Sidecar;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.ElfWriter;

/// The files beside class files: objects, sidecars and dumps.
///
/// A sidecar lies next to its class and not under `META-INF`, where javac does not find resources
/// of jars.
final class Outputs {
  private static final String SIDECAR = ".bpfir";

  /// A file to be written.
  ///
  /// @param packageName the package it lies in
  /// @param name its name in that package's folder
  /// @param bytes its contents
  /// @param origin the class it comes from
  record File(String packageName, String name, byte[] bytes, TypeElement origin) {}

  private final ProcessingEnvironment environment;

  Outputs(ProcessingEnvironment environment) {
    this.environment = environment;
  }

  static File object(Unit unit, BpfObject object, TypeElement origin) {
    return file(unit.name(), ".bpf.o", ElfWriter.write(object), origin);
  }

  static File dump(BpfCompiler.Dump dump, TypeElement origin) {
    return new File(
        "", "bpf4j-dump/" + dump.path(), dump.text().getBytes(StandardCharsets.UTF_8), origin);
  }

  /// The sidecar of a unit that has functions or structs for other classes.
  static Optional<File> sidecar(Unit unit, TypeElement origin) {
    boolean offers =
        unit.functions().stream().anyMatch(f -> f.role() instanceof Unit.Role.Callee)
            || unit.declarations().stream().anyMatch(d -> d instanceof Declaration.StructDecl);
    return offers
        ? Optional.of(file(unit.name(), SIDECAR, Sidecar.write(unit), origin))
        : Optional.empty();
  }

  private static File file(String binaryName, String suffix, byte[] bytes, TypeElement origin) {
    int dot = binaryName.lastIndexOf('.');
    return new File(
        dot < 0 ? "" : binaryName.substring(0, dot),
        binaryName.substring(dot + 1) + suffix,
        bytes,
        origin);
  }

  void write(List<File> files) throws IOException {
    for (File file : files) {
      FileObject target =
          environment
              .getFiler()
              .createResource(
                  StandardLocation.CLASS_OUTPUT, file.packageName(), file.name(), file.origin());
      try (OutputStream out = target.openOutputStream()) {
        out.write(file.bytes());
      }
    }
  }

  /// Reads the sidecar of a class that this compilation does not compile. Those of the JDK, which
  /// lie in its image (`jrt:`), have none.
  Optional<Unit> readSidecar(String binaryName) {
    Elements elements = environment.getElementUtils();
    int nested = binaryName.indexOf('$');
    String outermost = nested < 0 ? binaryName : binaryName.substring(0, nested);
    TypeElement type = elements.getTypeElement(outermost);
    if (type == null
        || elements.getFileObjectOf(type) == null
        || elements.getFileObjectOf(type).getKind() != JavaFileObject.Kind.CLASS) {
      return Optional.empty();
    }
    String uri = elements.getFileObjectOf(type).toUri().toString();
    if (uri.startsWith("jrt:")) {
      return Optional.empty();
    }
    String stem = uri.substring(0, uri.length() - ".class".length());
    try (var in = URI.create(stem + SIDECAR).toURL().openStream()) {
      return Optional.of(Sidecar.read(in.readAllBytes()));
    } catch (java.io.FileNotFoundException absent) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the sidecar of " + binaryName, e);
    }
  }
}
