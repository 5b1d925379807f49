package org.bpf4j.examples.handover;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpf4j.kernel.BpfException;

/// Loads programs in a user namespace of its own.
final class Delegated {

  private Delegated() {}

  /// Says which file systems it opened, waits until they are made, and loads.
  ///
  /// @param args an empty folder, where they are mounted
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    say("without", () -> TallyBpf.load());
    long silent = FileSystems.open();
    long delegating = FileSystems.open();
    long usual = FileSystems.open();
    System.out.println("opened " + silent + " " + delegating + " " + usual);
    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    Path silentFolder = mounted(silent, folder.resolve("silent"));
    Path delegatingFolder = mounted(delegating, folder.resolve("delegating"));
    say("elsewhere", () -> TallyBpf.configure().token(folder).load());
    say("silent", () -> TallyBpf.configure().token(silentFolder).load());
    say("asked", () -> TallyBpf.configure().token(delegatingFolder).load());
    FileSystems.mount(usual, "/sys/fs/bpf");
    say("found", () -> TallyBpf.load());
    System.out.println("end");
  }

  private static Path mounted(long opened, Path folder) throws IOException {
    Files.createDirectory(folder);
    FileSystems.mount(opened, folder.toString());
    return folder;
  }

  private interface Loading {
    TallyBpf load();
  }

  private static void say(String how, Loading loading) {
    try (TallyBpf tally = loading.load()) {
      tally.sums().put(1, new Tally.Sum());
      System.out.println(how + ": loaded " + tally.total().get(0) + tally.tally().name());
    } catch (BpfException e) {
      System.out.println(how + ": " + e.getMessage());
    }
  }
}
