package org.bpf4j.load;

import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfStrings;
import org.bpf4j.btf.BtfWriter;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.DataSection;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.LeftStruct;
import org.bpf4j.sys.Token;
import org.jspecify.annotations.Nullable;

/// An object's type information in the kernel, as far as the kernel takes it.
///
/// It is a convenience for whoever inspects maps and programs, and no reason to fail: a kernel that
/// refuses it gets a form in [terms that kernels take][TypeRepair] and without what this one [does
/// not know][TypeReduction], and if it refuses that too, none.
final class LoadedTypes implements AutoCloseable {

  private final @Nullable Descriptor descriptor;
  private final LineTexts texts;
  private final Token token;

  private LoadedTypes(@Nullable Descriptor descriptor, LineTexts texts, Token token) {
    this.descriptor = descriptor;
    this.texts = texts;
    this.token = token;
  }

  /// Loads the types of an object, with the texts of its source lines, and if it has structs of
  /// functions with this process's tag.
  ///
  /// @param token by whose leave, which the maps and programs of these types are loaded by, too
  static LoadedTypes of(BpfObject object, Token token) {
    LineTexts texts = new LineTexts(object);
    if (object.btf().isEmpty()) {
      return new LoadedTypes(null, texts, token);
    }
    BtfStrings strings = texts.strings();
    if (object.data().stream().anyMatch(DataSection::isOperations)) {
      texts.strings().add(LeftStruct.tag());
    }
    Btf own = ExternTypes.without(object.btf());
    long result = Bpf.loadBtf(BtfWriter.write(own, strings), token);
    if (result < 0) {
      Btf reduced = new TypeReduction(TypeFeature.missing()).reduce(TypeRepair.repair(own));
      result = Bpf.loadBtf(BtfWriter.write(reduced, strings), token);
    }
    return new LoadedTypes(result < 0 ? null : Descriptor.of(result, "BPF_BTF_LOAD"), texts, token);
  }

  /// Whether the kernel has them.
  boolean isPresent() {
    return descriptor != null;
  }

  /// Their descriptor's number, or −1 if the kernel has none.
  int number() {
    return descriptor == null ? -1 : descriptor.number();
  }

  /// By whose leave they were loaded.
  Token token() {
    return token;
  }

  /// Where the texts of source lines stand in them.
  LineTexts texts() {
    return texts;
  }

  /// Maps and programs keep the types in the kernel.
  @Override
  public void close() {
    if (descriptor != null) {
      descriptor.close();
    }
  }
}
