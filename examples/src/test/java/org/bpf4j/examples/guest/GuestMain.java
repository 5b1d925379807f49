package org.bpf4j.examples.guest;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.examples.connect.ConnectCounterBpf;
import org.bpf4j.examples.execcount.ExecCounterBpf;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.ElfReader;

/// What runs on another kernel, in one JVM and without JUnit: attaches and triggers what this
/// machine's kernel cannot, and loads every object of the folders named as arguments.
///
/// Prints a line for each check and ends with status 1 if one failed.
public final class GuestMain {
  private static int passed;
  private static int failed;

  private GuestMain() {}

  /// A check that may fail in any way.
  private interface Check {
    String run() throws Exception;
  }

  /// Runs all checks.
  ///
  /// @param folders folders with `.bpf.o` and `.o` files
  public static void main(String[] folders) throws IOException {
    System.setProperty("java.net.preferIPv4Stack", "true");
    System.out.println("kernel " + Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
    check("kprobe with typed parameters", GuestMain::kprobe);
    check("tracepoint counts execs", GuestMain::tracepoint);
    for (String folder : folders) {
      for (Path object : objects(Path.of(folder))) {
        load(object);
      }
    }
    System.out.println(passed + " passed, " + failed + " failed");
    System.exit(failed == 0 ? 0 : 1);
  }

  private static void check(String name, Check check) {
    try {
      System.out.println("ok " + name + ": " + check.run());
      passed++;
    } catch (Exception e) {
      System.out.println("FAILED " + name + ": " + e);
      failed++;
    }
  }

  private static String kprobe() throws IOException {
    int process = Math.toIntExact(ProcessHandle.current().pid());
    try (var bpf = ConnectCounterBpf.configure().onlyProcess(process).load();
        var _ = bpf.attachAll()) {
      for (int i = 0; i < 3; i++) {
        connect();
      }
      expect(3, bpf.total(), "connections");
      expect(3, bpf.connects().getOrThrow(process), "connections of this process");
      expect(2, bpf.lastFamily(), "address family");
    }
    return "3 connections seen";
  }

  /// Connects to a port of the loopback interface where nobody listens.
  private static void connect() throws IOException {
    try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 9)) {
      throw new IllegalStateException("somebody listens: " + socket);
    } catch (ConnectException refused) {
      return;
    }
  }

  private static String tracepoint() throws IOException, InterruptedException {
    try (var bpf = ExecCounterBpf.load();
        var _ = bpf.attachAll()) {
      long before = bpf.execs().getOrThrow(0);
      new ProcessBuilder("/bin/true").start().waitFor();
      long counted = bpf.execs().getOrThrow(0) - before;
      if (counted < 1) {
        throw new IllegalStateException("counted " + counted);
      }
      return counted + " execs seen";
    }
  }

  private static void expect(long wanted, long found, String what) {
    if (wanted != found) {
      throw new IllegalStateException(what + ": expected " + wanted + ", found " + found);
    }
  }

  private static List<Path> objects(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".o")).sorted().toList();
    }
  }

  /// Loads each program of an object alone, so that one refusal does not hide another.
  private static void load(Path file) throws IOException {
    BpfObject object = ElfReader.read(Files.readAllBytes(file));
    Set<String> names =
        object.programs().stream().map(BpfFunction::name).collect(Collectors.toSet());
    for (String program : names.stream().sorted().toList()) {
      Set<String> others =
          names.stream().filter(name -> !name.equals(program)).collect(Collectors.toSet());
      LoadRequest request = LoadRequest.of(object, GuestMain.class);
      try (var _ =
          Kernel.local()
              .load(
                  new LoadRequest(
                      object, request.owner(), request.data(), request.maxEntries(), others))) {
        passed++;
      } catch (BpfException e) {
        System.out.println(
            "FAILED load of " + file.getFileName() + " " + program + ": " + e.getMessage());
        failed++;
      }
    }
  }
}
