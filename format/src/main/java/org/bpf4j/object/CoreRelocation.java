package org.bpf4j.object;

import org.bpf4j.isa.InsnIndex;

/// A compile-once-run-everywhere relocation, a record of `.BTF.ext`.
///
/// @param at the one instruction it patches, in slots from the function's start
/// @param typeId the local BTF type at which the access path starts
/// @param path the access string: indices joined by colons, such as `0:1:2`
/// @param kind what is wanted of it
public record CoreRelocation(InsnIndex at, int typeId, String path, Kind kind) {

  /// What the patched constant is; the ordinal is `enum bpf_core_relo_kind`.
  public enum Kind {
    FIELD_BYTE_OFFSET(Subject.FIELD),
    FIELD_BYTE_SIZE(Subject.FIELD),
    FIELD_EXISTS(Subject.FIELD),
    FIELD_SIGNED(Subject.FIELD),
    FIELD_LSHIFT_U64(Subject.FIELD),
    FIELD_RSHIFT_U64(Subject.FIELD),
    TYPE_ID_LOCAL(Subject.TYPE),
    TYPE_ID_TARGET(Subject.TYPE),
    TYPE_EXISTS(Subject.TYPE),
    TYPE_SIZE(Subject.TYPE),
    ENUMVAL_EXISTS(Subject.ENUMERATOR),
    ENUMVAL_VALUE(Subject.ENUMERATOR),
    TYPE_MATCHES(Subject.TYPE);

    private final Subject subject;

    Kind(Subject subject) {
      this.subject = subject;
    }

    /// What it is about.
    public Subject subject() {
      return subject;
    }
  }

  /// What a constant is about.
  public enum Subject {
    /// A member of a struct, or what lies deeper in it.
    FIELD,
    /// A type as a whole.
    TYPE,
    /// A constant of an enum.
    ENUMERATOR
  }
}
