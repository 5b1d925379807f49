package org.bpf4j.handle;

/// What a program of a cgroup said about a packet.
///
/// @param run its result, and the time
public record CgroupSkbRun(TestRun run) {

  /// Whether the packet may pass.
  public boolean allowed() {
    return (run.returnValue() & 1) != 0;
  }

  /// Whether the sender is told to slow down; programs for packets that leave only.
  public boolean congested() {
    return (run.returnValue() & 2) != 0;
  }
}
