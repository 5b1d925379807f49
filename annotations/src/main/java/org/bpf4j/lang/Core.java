package org.bpf4j.lang;

/// Questions about the running kernel's types, answered when the program is loaded.
///
/// Kernels differ: fields come, go, move and change their size. Views follow that by themselves;
/// what a program must know besides, it asks here. Each question becomes one constant in the
/// program (a CO-RE relocation), so code behind an answer of *no* is never run, and may read what
/// that kernel does not have.
///
/// A field is named by a method reference to its accessor, such as `TaskStruct::mm`, a type by its
/// view or [KernelEnum], a constant of the kernel by the constant of the enum. Run as Java, a
/// kernel has what is described here, as it is described; sizes and places it has none.
public final class Core {

  /// An accessor of a view.
  ///
  /// @param <T> the view
  @FunctionalInterface
  public interface Accessor<T> {
    /// What the accessor gives; never called.
    Object of(T view);
  }

  private Core() {}

  /// Whether the kernel's struct has the field, of the kind that the accessor says; under any of
  /// its names, if it has several.
  public static <T> boolean hasField(Accessor<T> field) {
    return Host.current().ask("hasField", field) != 0;
  }

  /// Where the field begins, in bytes from the start of the struct; for a [BitField] the place of
  /// the number that holds the bits.
  public static <T> int offsetOf(Accessor<T> field) {
    return (int) Host.current().ask("offsetOf", field);
  }

  /// The size of the field in bytes; for a [BitField] that of the number that holds the bits.
  public static <T> int sizeOf(Accessor<T> field) {
    return (int) Host.current().ask("sizeOf", field);
  }

  /// Whether the field is a signed number.
  public static <T> boolean isSigned(Accessor<T> field) {
    return Host.current().ask("isSigned", field) != 0;
  }

  /// How far to shift the number that holds the field's bits, taken as a `long`, to the left, to
  /// drop what is above the field.
  public static <T> int leftShift(Accessor<T> field) {
    return (int) Host.current().ask("leftShift", field);
  }

  /// How far to shift back to the right after [#leftShift], to drop what is below the field.
  public static <T> int rightShift(Accessor<T> field) {
    return (int) Host.current().ask("rightShift", field);
  }

  /// Whether the kernel has the view's struct.
  public static boolean hasType(Class<?> view) {
    return Host.current().ask("hasType", view) != 0;
  }

  /// The size of the view's struct in the kernel, in bytes.
  public static int sizeOf(Class<?> view) {
    return (int) Host.current().ask("sizeOf", view);
  }

  /// Whether the kernel's struct has every field of the view with just that type: numbers of the
  /// same size and sign, pointers to the same struct. A Java `long` is a C `long`. Of a field with
  /// several names, or inside an embedded struct, it is asked whether it is there.
  public static boolean matches(Class<?> view) {
    return Host.current().ask("matches", view) != 0;
  }

  /// The number of the view's struct in the types of the program.
  public static int localTypeId(Class<?> view) {
    return (int) Host.current().ask("localTypeId", view);
  }

  /// The number of the struct in the types of the kernel, as helpers want it that print structs.
  public static int kernelTypeId(Class<?> view) {
    return (int) Host.current().ask("kernelTypeId", view);
  }

  /// Whether the kernel's enum has a constant of that name.
  ///
  /// @param constant a constant of an enum that is annotated [KernelEnum]
  public static boolean hasConstant(Enum<?> constant) {
    return Host.current().ask("hasConstant", constant) != 0;
  }

  /// The number that the kernel has for a constant.
  ///
  /// @param constant a constant of an enum that is annotated [KernelEnum]
  public static long valueOf(Enum<?> constant) {
    return Host.current().ask("valueOf", constant);
  }
}
