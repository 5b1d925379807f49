package org.bpf4j.lang;

/// A setting under `/proc/sys` that a process reads or writes.
@ContextStruct("bpf_sysctl")
public interface SysctlContext extends Context {

  /// Whether it is written: 1, or else 0.
  @U32
  @At(0)
  int write();

  /// The position in the file.
  @U32
  @At(4)
  int position();

  /// Sets [#position()].
  void position(int value);

  /// Writes the name of the setting to a text: its path under `/proc/sys`, such as
  /// `net/ipv4/ip_forward`.
  ///
  /// @return the length of the name, or a negative error number: −7 (`E2BIG`) if it was cut
  int name(BpfString to);

  /// Writes the value before the access to a text.
  ///
  /// @return the length of the value, or a negative error number: −7 (`E2BIG`) if it was cut, −22
  ///   (`EINVAL`) if there is none
  int currentValue(BpfString to);

  /// Writes the value that is about to be written to a text.
  ///
  /// @return the length of the value, or a negative error number: −7 (`E2BIG`) if it was cut, −22
  ///   (`EINVAL`) if the setting is read
  int newValue(BpfString to);

  /// Replaces the value that is about to be written by the first bytes of a text.
  ///
  /// @param bytes the length, 1 to the text's size
  /// @return 0, or a negative error number: −22 (`EINVAL`) if the setting is read
  int replaceValue(BpfString by, int bytes);
}
