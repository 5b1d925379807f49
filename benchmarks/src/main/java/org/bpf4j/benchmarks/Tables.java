package org.bpf4j.benchmarks;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.MapFlag;
import org.bpf4j.lang.MapFlags;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// What lies in the maps that are measured: eight numbers each.
@Bpf(license = "GPL")
final class Tables {

  @Struct
  static final class Value {
    long a;
    long b;
    long c;
    long d;
    long e;
    long f;
    long g;
    long h;
  }

  @MapFlags(MapFlag.MMAPABLE)
  static final BpfArray<Value> values = BpfArray.create(4096);

  private Tables() {}

  /// A program, since a class of programs has one.
  @Syscall
  static int touch(Value given) {
    values.get(0).a = given.a;
    return 0;
  }
}
