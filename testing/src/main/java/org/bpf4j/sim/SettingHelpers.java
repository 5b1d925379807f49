package org.bpf4j.sim;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.KernelCall;

/// Helpers about a setting that is read or written: its name, its value and the new value are the
/// three texts that a test gives with the context, each with a terminating zero.
final class SettingHelpers {

  /// `BPF_F_SYSCTL_BASE_NAME`.
  private static final long BASE_NAME = 1;

  /// The offset of the field that says whether the setting is written.
  private static final int WRITE = 0;

  static final Map<Helper, HelperBody> BODIES =
      Map.of(
          Helper.SYSCTL_GET_NAME, SettingHelpers::name,
          Helper.SYSCTL_GET_CURRENT_VALUE, (run, call) -> copy(call, text(run, call, 1)),
          Helper.SYSCTL_GET_NEW_VALUE, SettingHelpers::newValue,
          Helper.SYSCTL_SET_NEW_VALUE, SettingHelpers::replace);

  private SettingHelpers() {}

  private static long name(Run run, KernelCall call) {
    String path = text(run, call, 0);
    return copy(
        call, call.argument(4) == BASE_NAME ? path.substring(path.lastIndexOf('/') + 1) : path);
  }

  private static long newValue(Run run, KernelCall call) {
    return copy(call, isWrite(run, call) ? text(run, call, 2) : "");
  }

  private static long replace(Run run, KernelCall call) {
    byte[] by = call.memory().read(call.argument(2), (int) call.argument(3));
    if (!isWrite(run, call)) {
      return -Errno.EINVAL;
    }
    StructContext setting = run.struct(call.argument(1));
    int kept = length(text(run, call, 0)) + length(text(run, call, 1));
    byte[] texts = Arrays.copyOf(Arrays.copyOf(setting.bytes(), kept), kept + by.length + 1);
    System.arraycopy(by, 0, texts, kept, by.length);
    setting.replace(texts);
    return 0;
  }

  private static boolean isWrite(Run run, KernelCall call) {
    return run.struct(call.argument(1)).word(WRITE) != 0;
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1).length + 1;
  }

  /// One of the texts, or nothing.
  private static String text(Run run, KernelCall call, int index) {
    byte[] bytes = run.struct(call.argument(1)).bytes();
    List<String> texts = List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\0", -1));
    return index < texts.size() ? texts.get(index) : "";
  }

  /// Fills a buffer; the length, or `-E2BIG` if the text was cut, `-EINVAL` if there is none.
  private static long copy(KernelCall call, String text) {
    int size = (int) call.argument(3);
    byte[] from = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] buffer = Arrays.copyOf(from, size);
    if (size > 0 && from.length >= size) {
      buffer[size - 1] = 0;
    }
    call.memory().write(call.argument(2), buffer);
    return from.length == 0 ? -Errno.EINVAL : from.length >= size ? -Errno.E2BIG : from.length;
  }
}
