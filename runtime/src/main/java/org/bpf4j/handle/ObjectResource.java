package org.bpf4j.handle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.kernel.IncompatibleFormatException;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.ElfReader;
import org.bpf4j.object.ObjectNote;
import org.jspecify.annotations.Nullable;

/// The object that javac wrote beside a program's class, read when it is first asked for.
///
/// It is read from the class path, or else the skeleton opens a stream: a module may keep its
/// resources to itself, and only its own code can read them then.
public final class ObjectResource {

  /// The dimensions that an array of Java has at most (JVMS 4.3.2).
  private static final int MAX_DIMENSIONS = 255;

  private final Class<?> owner;
  private final Supplier<@Nullable InputStream> opener;
  private volatile @Nullable BpfObject object;

  private ObjectResource(Class<?> owner, Supplier<@Nullable InputStream> opener) {
    this.owner = owner;
    this.opener = opener;
  }

  /// The object of a class.
  ///
  /// @param opener opens the resource where it is not [in the class path][Beside], or gives null if
  ///   there is none
  public static ObjectResource of(Class<?> owner, Supplier<@Nullable InputStream> opener) {
    return new ObjectResource(owner, opener);
  }

  /// The class that the object was compiled from.
  public Class<?> owner() {
    return owner;
  }

  /// The object.
  ///
  /// @throws IllegalStateException if it is missing
  /// @throws IncompatibleFormatException if another version of bpf4j wrote it
  public BpfObject object() {
    BpfObject read = object;
    if (read == null) {
      read = read();
      object = read;
    }
    return read;
  }

  private BpfObject read() {
    BpfObject read = ElfReader.read(bytes());
    int format = read.note().map(ObjectNote::format).orElse(0);
    if (format < 1 || format > ObjectNote.FORMAT) {
      throw new IncompatibleFormatException(fileName(), format, ObjectNote.FORMAT);
    }
    return read;
  }

  private byte[] bytes() {
    try {
      Optional<byte[]> beside = Beside.read(owner, fileName());
      return beside.isPresent() ? beside.get() : opened();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + fileName(), e);
    }
  }

  private byte[] opened() throws IOException {
    try (InputStream in = opener.get()) {
      if (in == null) {
        throw new IllegalStateException(
            "there is no "
                + fileName()
                + " beside "
                + owner.getName()
                + ".class: javac writes it, so run `mvn compile` (Eclipse and VS Code compile with"
                + " another compiler: run `mvn bpf4j:compile`)");
      }
      return in.readAllBytes();
    }
  }

  private String fileName() {
    String name = owner.getName();
    return name.substring(name.lastIndexOf('.') + 1) + ".bpf.o";
  }

  /// The layout of a struct of the object.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  public Layout layout(String struct) {
    return Layout.of(object().btf(), struct);
  }

  /// Where a global variable of the object stands.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  Variable variable(String name) {
    return variable(object(), name);
  }

  /// Where a global variable of an object stands.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  static Variable variable(BpfObject object, String name) {
    for (DataSection section : object.data()) {
      for (BtfType.SectionVar var : variables(object, section)) {
        if (object.btf().type(var.var()).name().equals(name)) {
          return new Variable(section, var.offset(), var.size(), lengths(object.btf(), var.var()));
        }
      }
    }
    throw new IllegalArgumentException("the object has no variable `" + name + "`");
  }

  private static List<BtfType.SectionVar> variables(BpfObject object, DataSection section) {
    return section.btfType() != 0
            && object.btf().type(section.btfType())
                instanceof BtfType.DataSection(_, _, List<BtfType.SectionVar> vars)
        ? vars
        : List.of();
  }

  /// The lengths of an array, of its rows, and so on; empty for anything else.
  private static List<Integer> lengths(Btf btf, int variable) {
    List<Integer> lengths = new ArrayList<>();
    int id = btf.type(variable) instanceof BtfType.Var(_, int type, _) ? type : variable;
    while (lengths.size() < MAX_DIMENSIONS
        && btf.type(btf.resolve(id)) instanceof BtfType.Array(int element, _, int count)) {
      lengths.add(count);
      id = element;
    }
    return lengths;
  }

  /// A global variable's place.
  ///
  /// @param lengths those of an array's dimensions, the outermost first
  record Variable(DataSection section, int offset, int size, List<Integer> lengths) {}
}
