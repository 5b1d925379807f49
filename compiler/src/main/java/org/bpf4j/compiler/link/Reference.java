package org.bpf4j.compiler.link;

/// A map or global that a function names.
///
/// @param owner the class that declares it
/// @param name the field
record Reference(String owner, String name) {

  /// `owner.name`.
  String key() {
    return owner + "." + name;
  }
}
