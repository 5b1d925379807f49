package org.bpf4j.compiler.ssa;

/// Something computed once: an instruction's result or a block's parameter.
///
/// @param id unique in its function; `v7` in text
/// @param type its type
public record Value(int id, Type type) {
  /// `v7`.
  @Override
  public String toString() {
    return "v" + id;
  }
}
