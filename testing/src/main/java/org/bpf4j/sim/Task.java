package org.bpf4j.sim;

/// The task in whose context programs run.
///
/// The kernel's words are kept: `pid` is a thread, `tgid` is what user space calls a process.
///
/// @param pid the thread's number
/// @param tgid the process's number
/// @param uid the real user
/// @param gid the real group
/// @param comm the name, of which the kernel keeps 15 bytes (`TASK_COMM_LEN` is 16)
/// @param cgroupId the number of its cgroup
public record Task(int pid, int tgid, int uid, int gid, String comm, long cgroupId) {

  /// A task as good as any other.
  public static final Task DEFAULT = new Task(1000, 1000, 1000, 1000, "test", 1);

  /// A process with one thread.
  public static Task of(int pid, String comm) {
    return new Task(pid, pid, DEFAULT.uid, DEFAULT.gid, comm, DEFAULT.cgroupId);
  }

  /// The same task of another user and group.
  public Task ownedBy(int newUid, int newGid) {
    return new Task(pid, tgid, newUid, newGid, comm, cgroupId);
  }
}
