package org.bpf4j.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// Objects of the kernel that a user chose by number or name.
final class Chosen {

  private Chosen() {}

  /// The object with that number, or all of that name.
  ///
  /// @throws CommandFailedException if there is none
  static <T> List<T> of(
      String wanted, IntFunction<Optional<T>> find, Supplier<List<T>> all, Function<T, String> name)
      throws CommandFailedException {
    List<T> chosen =
        wanted.matches("\\d{1,9}")
            ? find.apply(Integer.parseInt(wanted)).stream().toList()
            : all.get().stream().filter(value -> name.apply(value).equals(wanted)).toList();
    if (chosen.isEmpty()) {
      throw new CommandFailedException("there is none with the number or name " + wanted);
    }
    return chosen;
  }
}
