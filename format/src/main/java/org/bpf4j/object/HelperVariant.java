package org.bpf4j.object;

/// A helper that means something else for some maps or values: it gives an object that must be
/// given back, or null.
///
/// Instructions call the helper itself; only compilers and verifiers tell it from the plain one.
public sealed interface HelperVariant extends KernelFunction permits MapLookup, PointerExchange {

  /// The helper that is called.
  Helper helper();

  /// What follows the helper's name in that of the variant.
  String variant();

  @Override
  default String kernelName() {
    return helper().kernelName() + "_" + variant();
  }

  @Override
  default boolean acquires() {
    return true;
  }

  @Override
  default boolean mayGiveNull() {
    return true;
  }

  @Override
  default boolean sleeps() {
    return helper().sleeps();
  }

  @Override
  default boolean movesPacket() {
    return helper().movesPacket();
  }

  @Override
  default boolean readsPacket() {
    return helper().readsPacket();
  }
}
