package org.bpf4j.probe;

import org.bpf4j.btf.BtfWriter;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;

/// Tries kinds of types: loads type information that has one, and frees it.
final class TypesProbe {

  private TypesProbe() {}

  static Support feature(BtfFeature feature) {
    long result = Bpf.loadBtf(BtfWriter.write(feature.smallest()));
    if (result >= 0) {
      Descriptor.own(result).close();
      return Support.YES;
    }
    return Errno.EINVAL.is(result) ? Support.NO : Support.UNKNOWN;
  }
}
