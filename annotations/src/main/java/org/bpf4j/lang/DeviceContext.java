package org.bpf4j.lang;

/// An access to a device file.
@ContextStruct("bpf_cgroup_dev_ctx")
public interface DeviceContext extends Context {

  /// [#deviceType()] of block devices.
  int BLOCK = 1;

  /// [#deviceType()] of character devices.
  int CHARACTER = 2;

  /// The bit of [#access()] for making a device file.
  int MAKE = 1;

  /// The bit of [#access()] for reading.
  int READ = 2;

  /// The bit of [#access()] for writing.
  int WRITE = 4;

  /// [#BLOCK] or [#CHARACTER].
  @U16
  @At(0)
  int deviceType();

  /// What the process wants to do: [#MAKE], or some of [#READ] and [#WRITE].
  @U16
  @At(2)
  int access();

  /// The device's major number.
  @U32
  @At(4)
  int major();

  /// The device's minor number.
  @U32
  @At(8)
  int minor();
}
