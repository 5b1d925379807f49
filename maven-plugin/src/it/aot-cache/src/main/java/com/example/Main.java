package com.example;

import org.bpf4j.kernel.BpfException;

/// Loads the program where that is allowed.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    try (PacketCounterBpf bpf = PacketCounterBpf.load()) {
      System.out.println("loaded, " + bpf.packets().get(0) + " packets");
    } catch (BpfException e) {
      System.out.println("refused: " + e.getMessage());
    }
  }
}
