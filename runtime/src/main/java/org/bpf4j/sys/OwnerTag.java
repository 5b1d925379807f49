package org.bpf4j.sys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whose an attachment is that outlives its process: `bpf4j:PID:PROGRAM:START:NAMESPACE`.
///
/// Numbers of processes are used again, so the time of its start says which process it was; and
/// they mean something in one namespace of processes only.
///
/// @param process the owner's number
/// @param program the program's name
/// @param start when the owner started, in ticks since the machine did (`/proc/PID/stat`)
/// @param namespace the inode of its namespace of processes
public record OwnerTag(long process, String program, String start, String namespace) {

  private static final Pattern FORM =
      Pattern.compile("bpf4j:(\\d{1,10}):([^:]*):(\\d{1,20}):(\\d{1,20})");

  /// Of how many fields of `stat` behind the name the start is the last one (`starttime`, 22 with
  /// number and name).
  private static final int START = 20;

  /// The tag of this process.
  public static OwnerTag own(String program) {
    long process = ProcessHandle.current().pid();
    return new OwnerTag(process, program, start(process).orElse("0"), ownNamespace());
  }

  /// The tag in some bytes, if there is one.
  public static Optional<OwnerTag> find(String bytes) {
    Matcher form = FORM.matcher(bytes);
    return form.find()
        ? Optional.of(
            new OwnerTag(
                Long.parseLong(form.group(1)), form.group(2), form.group(3), form.group(4)))
        : Optional.empty();
  }

  /// Whether the owner is known to be gone; of another namespace's processes nobody knows.
  public boolean isStale() {
    return namespace.equals(ownNamespace()) && !start(process).filter(start::equals).isPresent();
  }

  private static Optional<String> start(long process) {
    return KernelFiles.text(Path.of("/proc", Long.toString(process), "stat"))
        .map(text -> text.substring(text.lastIndexOf(')') + 1).strip().split(" "))
        .filter(fields -> fields.length >= START)
        .map(fields -> fields[START - 1]);
  }

  private static String ownNamespace() {
    try {
      String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
      return link.replaceAll("\\D", "");
    } catch (IOException _) {
      return "0";
    }
  }

  @Override
  public String toString() {
    return "bpf4j:" + process + ":" + program + ":" + start + ":" + namespace;
  }
}
