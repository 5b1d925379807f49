package org.bpf4j.lang;

/// A map: state that outlives a run of a program, shared with other programs and with user space.
///
/// A map is a `static final` field of a [Bpf] class, and the object in that field is no more than
/// the map's name and size: what is in it lives in the kernel. Programs use its methods; user space
/// uses the accessor of that name in the generated class. The types of keys and values come from
/// the field's declared type.
///
/// A value that is a struct or an atomic is got by reference, without a copy: writing to it writes
/// into the map. Any other value is a copy, or null where the key is absent. Putting a value copies
/// it.
///
/// @param <K> the key
/// @param <V> the value
public sealed interface BpfMap<K, V> permits BpfArray, BpfPerCpuArray, BpfKeyedMap {

  /// The greatest number of entries, as declared; user space may have changed it before loading.
  int maxEntries();
}
