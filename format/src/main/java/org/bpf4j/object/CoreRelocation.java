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
    FIELD_BYTE_OFFSET,
    FIELD_BYTE_SIZE,
    FIELD_EXISTS,
    FIELD_SIGNED,
    FIELD_LSHIFT_U64,
    FIELD_RSHIFT_U64,
    TYPE_ID_LOCAL,
    TYPE_ID_TARGET,
    TYPE_EXISTS,
    TYPE_SIZE,
    ENUMVAL_EXISTS,
    ENUMVAL_VALUE,
    TYPE_MATCHES
  }
}
