package org.bpf4j.compiler.link;

import org.bpf4j.compiler.diagnostic.Span;

/// A map or global that a function names.
///
/// @param owner the class that declares it
/// @param name the field
/// @param span where the function does
record Reference(String owner, String name, Span span) {

  /// `owner.name`.
  String key() {
    return owner + "." + name;
  }
}
