package org.bpf4j.cli;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A class that is annotated `@Bpf`, as its class file says.
///
/// @param name its binary name
/// @param object where its object belongs
record BpfClass(String name, Path object) {

  private static final String ANNOTATION = "Lorg/bpf4j/lang/Bpf;";
  private static final String SUFFIX = ".class";

  /// The `@Bpf` classes under a directory, sorted by name.
  static List<BpfClass> in(Path directory) throws CommandFailedException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(directory)) {
      files = found.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw CommandFailedException.of(directory, e);
    }
    List<BpfClass> classes = new ArrayList<>();
    for (Path file : files) {
      ClassModel model = parse(file);
      if (isBpf(model)) {
        String stem = file.toString().substring(0, file.toString().length() - SUFFIX.length());
        String name = model.thisClass().asInternalName().replace('/', '.');
        classes.add(new BpfClass(name, Path.of(stem + ".bpf.o")));
      }
    }
    return classes;
  }

  private static ClassModel parse(Path file) throws CommandFailedException {
    try {
      return ClassFile.of().parse(Inputs.bytes(file));
    } catch (IllegalArgumentException e) {
      throw CommandFailedException.of(file, e);
    }
  }

  private static boolean isBpf(ClassModel model) {
    return model.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
        .flatMap(attribute -> attribute.annotations().stream())
        .anyMatch(annotation -> annotation.className().equalsString(ANNOTATION));
  }
}
