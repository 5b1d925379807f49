package org.bpf4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bpf4j.object.BpfObject;

/// An object that javac has written beside its class.
///
/// @param file where it lies
/// @param className the binary name of its class
/// @param object its contents
record CompiledObject(Path file, String className, BpfObject object) {

  private static final String SUFFIX = ".bpf.o";

  /// The objects under a directory of class files, sorted by class.
  static List<CompiledObject> in(Path classes) throws CommandFailedException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(classes)) {
      files = found.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw CommandFailedException.of(classes, e);
    }
    List<CompiledObject> objects = new ArrayList<>();
    for (Path file : files) {
      String path = classes.relativize(file).toString();
      String className =
          path.substring(0, path.length() - SUFFIX.length())
              .replace(file.getFileSystem().getSeparator(), ".");
      objects.add(new CompiledObject(file, className, Inputs.object(file)));
    }
    return objects;
  }

  /// The object's file name, without the directories of its package.
  String fileName() {
    return String.valueOf(file.getFileName());
  }

  /// The class's name without its package.
  String simpleName() {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
