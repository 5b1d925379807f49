package org.bpf4j.probe;

import org.bpf4j.object.MapKind;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.SmallestMap;
import org.bpf4j.sys.Token;

/// Tries kinds of maps: creates the smallest of each, and frees it.
final class MapProbe {

  private MapProbe() {}

  static Support kind(MapKind kind) {
    long result = SmallestMap.create(kind, Token.NONE);
    if (result >= 0) {
      Descriptor.own(result).close();
      return Support.YES;
    }
    if (kind == MapKind.STRUCT_OPS && Errno.ENOTSUPP.is(result)) {
      return Support.YES;
    }
    return Errno.EINVAL.is(result) || Errno.EOPNOTSUPP.is(result) ? Support.NO : Support.UNKNOWN;
  }
}
