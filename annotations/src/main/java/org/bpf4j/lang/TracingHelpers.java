package org.bpf4j.lang;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Helpers about time, the CPU, the current task and memory; programs call them as methods of
/// [Helpers].
public abstract sealed class TracingHelpers extends PacketHelpers permits Helpers {

  TracingHelpers() {}

  /// The time since boot in nanoseconds, without the time that the machine was suspended; the clock
  /// of [System#nanoTime] on Linux.
  public static long ktimeGetNs() {
    return Host.current().call("ktimeGetNs");
  }

  /// The time since boot in nanoseconds, with the time that the machine was suspended.
  public static long ktimeGetBootNs() {
    return Host.current().call("ktimeGetBootNs");
  }

  /// Like [#ktimeGetNs], but cheaper and only as fine as the kernel's tick: 1 to 10 milliseconds.
  public static long ktimeGetCoarseNs() {
    return Host.current().call("ktimeGetCoarseNs");
  }

  /// The international atomic time in nanoseconds since 1970.
  public static long ktimeGetTaiNs() {
    return Host.current().call("ktimeGetTaiNs");
  }

  /// The kernel's ticks since boot.
  public static long jiffies64() {
    return Host.current().call("jiffies64");
  }

  /// A pseudo-random number of 32 bits.
  public static int getPrandomU32() {
    return (int) Host.current().call("getPrandomU32");
  }

  /// The number of the CPU that the program runs on, from 0.
  public static int getSmpProcessorId() {
    return (int) Host.current().call("getSmpProcessorId");
  }

  /// The number of the memory node of this CPU, from 0.
  public static int getNumaNodeId() {
    return (int) Host.current().call("getNumaNodeId");
  }

  /// The current process (the kernel's `tgid`) in the upper 32 bits, the current thread (`pid`) in
  /// the lower.
  public static long getCurrentPidTgid() {
    return Host.current().call("getCurrentPidTgid");
  }

  /// The current group in the upper 32 bits, the current user in the lower.
  public static long getCurrentUidGid() {
    return Host.current().call("getCurrentUidGid");
  }

  /// The address of the current task's `task_struct`.
  public static long getCurrentTask() {
    return Host.current().call("getCurrentTask");
  }

  /// The current task as a view that helpers take as a task.
  ///
  /// @param view a [KernelStruct] interface for `task_struct`
  public static <T> T getCurrentTaskBtf(Class<T> view) {
    return Objects.requireNonNull(Host.current().find("getCurrentTaskBtf", view));
  }

  /// The registers that a task had in user space.
  ///
  /// @param task a view of a `task_struct`
  /// @param view a [KernelStruct] interface for `pt_regs`
  public static <T> T taskPtRegs(Object task, Class<T> view) {
    return Objects.requireNonNull(Host.current().find("taskPtRegs", view, task));
  }

  /// The number of the current task's cgroup (version 2).
  public static long getCurrentCgroupId() {
    return Host.current().call("getCurrentCgroupId");
  }

  /// The number of an ancestor of the current task's cgroup.
  ///
  /// @param level 0 for the root
  public static long getCurrentAncestorCgroupId(int level) {
    return Host.current().call("getCurrentAncestorCgroupId", level);
  }

  /// Copies the current thread's name, 15 bytes at most, and sets the rest to zero.
  ///
  /// @param to a [BpfString] or `byte[]`
  public static void getCurrentComm(Object to) {
    Host.current().call("getCurrentComm", to);
  }

  /// The current process and thread as a PID namespace sees them.
  ///
  /// @param device the device of the namespace's file, as `stat` gives it
  /// @param inode the inode of the namespace's file
  /// @return 0, or a negative error number
  public static int getNsCurrentPidTgid(long device, long inode, PidnsInfo to) {
    return (int) Host.current().call("getNsCurrentPidTgid", device, inode, to);
  }

  /// Sends a signal to the current process.
  ///
  /// @return 0, or a negative error number
  public static int sendSignal(int signal) {
    return (int) Host.current().call("sendSignal", signal);
  }

  /// Sends a signal to the current thread.
  ///
  /// @return 0, or a negative error number
  public static int sendSignalThread(int signal) {
    return (int) Host.current().call("sendSignalThread", signal);
  }

  /// Copies from an address, of the kernel or of user space; [#probeReadKernel] and
  /// [#probeReadUser] say which.
  ///
  /// @return 0, or a negative error number; then the buffer is zero
  public static int probeRead(Object to, long address) {
    return (int) Host.current().call("probeRead", to, address);
  }

  /// Copies from an address in the kernel.
  ///
  /// @param to a struct or array, to be filled
  /// @return 0, or a negative error number; then the buffer is zero
  public static int probeReadKernel(Object to, long address) {
    return (int) Host.current().call("probeReadKernel", to, address);
  }

  /// Copies from an address in the current process, if the page is in memory.
  ///
  /// @param to a struct or array, to be filled
  /// @return 0, or a negative error number; then the buffer is zero
  public static int probeReadUser(Object to, long address) {
    return (int) Host.current().call("probeReadUser", to, address);
  }

  /// Like [#probeReadKernel(Object, long)], into a part of an array.
  public static int probeReadKernel(byte[] to, int from, int count, long address) {
    return (int) Host.current().call("probeReadKernel", to, from, count, address);
  }

  /// Like [#probeReadUser(Object, long)], into a part of an array.
  public static int probeReadUser(byte[] to, int from, int count, long address) {
    return (int) Host.current().call("probeReadUser", to, from, count, address);
  }

  /// Copies a text of a known length from an address in the kernel, which no zero has to end.
  ///
  /// @param to gets the text; what is behind it is set to zero
  /// @param count the text's bytes; the program aborts if there is no room for so many
  /// @return 0, or a negative error number; then the string is empty
  public static int probeReadKernel(BpfString to, int count, long address) {
    return (int) Host.current().call("probeReadKernel", to, count, address);
  }

  /// Copies a text of a known length from an address in the current process, which no zero has to
  /// end.
  ///
  /// @param to gets the text; what is behind it is set to zero
  /// @param count the text's bytes; the program aborts if there is no room for so many
  /// @return 0, or a negative error number; then the string is empty
  public static int probeReadUser(BpfString to, int count, long address) {
    return (int) Host.current().call("probeReadUser", to, count, address);
  }

  /// Copies a string from an address, of the kernel or of user space.
  ///
  /// @return the bytes copied, the zero included, or a negative error number
  public static int probeReadStr(BpfString to, long address) {
    return (int) Host.current().call("probeReadStr", to, address);
  }

  /// Copies a string from an address in the kernel, or as much as there is room for with a
  /// terminating zero.
  ///
  /// @return the bytes copied, the zero included, or a negative error number
  public static int probeReadKernelStr(BpfString to, long address) {
    return (int) Host.current().call("probeReadKernelStr", to, address);
  }

  /// Copies a string from an address in the current process, or as much as there is room for with a
  /// terminating zero.
  ///
  /// @return the bytes copied, the zero included, or a negative error number
  public static int probeReadUserStr(BpfString to, long address) {
    return (int) Host.current().call("probeReadUserStr", to, address);
  }

  /// Copies a string from an address in the kernel into a part of an array, with a terminating
  /// zero. What is behind the zero in that part is unspecified.
  ///
  /// @return the bytes copied, the zero included, or a negative error number
  public static int probeReadKernelStr(byte[] to, int from, int count, long address) {
    return (int) Host.current().call("probeReadKernelStr", to, from, count, address);
  }

  /// Copies a string from an address in the current process into a part of an array, with a
  /// terminating zero. What is behind the zero in that part is unspecified.
  ///
  /// @return the bytes copied, the zero included, or a negative error number
  public static int probeReadUserStr(byte[] to, int from, int count, long address) {
    return (int) Host.current().call("probeReadUserStr", to, from, count, address);
  }

  /// Writes to an address in the current process. For experiments: the kernel prints a warning.
  ///
  /// @return 0, or a negative error number
  public static int probeWriteUser(long address, Object from) {
    return (int) Host.current().call("probeWriteUser", address, from);
  }

  /// Copies from an address in the current process; it may sleep to get the page.
  ///
  /// @return 0, or a negative error number; then the buffer is zero
  public static int copyFromUser(Object to, long address) {
    return (int) Host.current().call("copyFromUser", to, address);
  }

  /// Copies from an address in another process; it may sleep to get the page.
  ///
  /// @param task a view of a `task_struct`
  /// @param flags 0
  /// @return 0, or a negative error number
  public static int copyFromUserTask(Object to, long address, Object task, long flags) {
    return (int) Host.current().call("copyFromUserTask", to, address, task, flags);
  }

  /// The addresses of the functions that are being executed, innermost first.
  ///
  /// @param to an array or struct, to be filled with 8 bytes for each function
  /// @param flags how many functions to leave out in the low byte; 256 (`BPF_F_USER_STACK`) for
  ///   those of user space
  /// @return the bytes written, or a negative error number
  public static int getStack(Object to, long flags) {
    return (int) Host.current().call("getStack", to, flags);
  }

  /// Like [#getStack], of another task.
  ///
  /// @param task a view of a `task_struct`
  /// @return the bytes written, or a negative error number
  public static int getTaskStack(Object task, Object to, long flags) {
    return (int) Host.current().call("getTaskStack", task, to, flags);
  }

  /// The address of the function that is probed.
  public static long getFuncIp() {
    return Host.current().call("getFuncIp");
  }

  /// The number that whoever attached the program gave it, or 0.
  public static long getAttachCookie() {
    return Host.current().call("getAttachCookie");
  }

  /// An argument of the function that is traced.
  ///
  /// @param to where it goes
  /// @return 0, or a negative error number if it has no such argument
  public static int getFuncArg(int index, long[] to) {
    return (int) Host.current().call("getFuncArg", index, to);
  }

  /// The result of the function that is traced.
  ///
  /// @param to where it goes
  /// @return 0, or a negative error number
  public static int getFuncRet(long[] to) {
    return (int) Host.current().call("getFuncRet", to);
  }

  /// The number of arguments of the function that is traced.
  public static long getFuncArgCnt() {
    return Host.current().call("getFuncArgCnt");
  }

  /// The result that the system call would have now.
  public static int getRetval() {
    return (int) Host.current().call("getRetval");
  }

  /// Sets the result of the system call.
  ///
  /// @return 0, or a negative error number
  public static int setRetval(int result) {
    return (int) Host.current().call("setRetval", result);
  }

  /// Lets the function that is probed return at once, if it is one that allows it.
  ///
  /// @return 0
  public static int overrideReturn(long result) {
    return (int) Host.current().call("overrideReturn", result);
  }

  /// The branches that the CPU took last, 24 bytes each (`perf_branch_entry`).
  ///
  /// @param flags 0
  /// @return the bytes written, or a negative error number
  public static int getBranchSnapshot(Object entries, long flags) {
    return (int) Host.current().call("getBranchSnapshot", entries, flags);
  }

  /// The branches that were recorded with the perf event, 24 bytes each (`perf_branch_entry`).
  ///
  /// @return the bytes written, or a negative error number
  public static int readBranchRecords(Object entries, long flags) {
    return (int) Host.current().call("readBranchRecords", entries, flags);
  }

  /// The value of a perf event's counter.
  ///
  /// @param events a map of perf events
  /// @param flags the index, or 0xffffffff for the current CPU
  /// @return the counter, or a negative error number
  public static long perfEventRead(PerfEventArray<?> events, long flags) {
    return Host.current().call("perfEventRead", events, flags);
  }

  /// The value of a perf event's counter, and for how long it counted.
  ///
  /// @param events a map of perf events
  /// @param flags the index, or 0xffffffff for the current CPU
  /// @return 0, or a negative error number
  public static int perfEventReadValue(PerfEventArray<?> events, long flags, PerfEventValue to) {
    return (int) Host.current().call("perfEventReadValue", events, flags, to);
  }

  /// The value of the counter of the perf event that the program runs at.
  ///
  /// @return 0, or a negative error number
  public static int perfProgReadValue(PerfEventValue to) {
    return (int) Host.current().call("perfProgReadValue", to);
  }

  /// The socket behind an open file, or null if it is none.
  ///
  /// @param file a view of a `file`
  /// @param view a [KernelStruct] interface for `socket`
  public static <T> @Nullable T sockFromFile(Object file, Class<T> view) {
    return Host.current().find("sockFromFile", view, file);
  }

  /// The name of a file from the root.
  ///
  /// @param path a view of a `path`
  /// @return the bytes written, the zero included, or a negative error number
  public static int dPath(Object path, BpfString to) {
    return (int) Host.current().call("dPath", path, to);
  }

  /// Makes the execution of a file a secure one.
  ///
  /// @param bprm a view of a `linux_binprm`
  /// @param flags 1 (`BPF_F_BPRM_SECUREEXEC`)
  /// @return 0, or a negative error number
  public static int bprmOptsSet(Object bprm, long flags) {
    return (int) Host.current().call("bprmOptsSet", bprm, flags);
  }

  /// The hash that IMA computed of a file.
  ///
  /// @param inode a view of an `inode`
  /// @return the number of the algorithm, or a negative error number
  public static int imaInodeHash(Object inode, Object to) {
    return (int) Host.current().call("imaInodeHash", inode, to);
  }

  /// The hash of an open file, which IMA computes if necessary.
  ///
  /// @param file a view of a `file`
  /// @return the number of the algorithm, or a negative error number
  public static int imaFileHash(Object file, Object to) {
    return (int) Host.current().call("imaFileHash", file, to);
  }

  /// Reads a number from the start of a text.
  ///
  /// @param text a [BpfString] or `byte[]`
  /// @param flags the base, 8, 10 or 16; 0 tells it from the prefix
  /// @param to where it goes
  /// @return the characters read, or a negative error number
  public static long strtol(Object text, long flags, long[] to) {
    return Host.current().call("strtol", text, flags, to);
  }

  /// Reads a number without sign from the start of a text.
  ///
  /// @param text a [BpfString] or `byte[]`
  /// @param flags the base, 8, 10 or 16; 0 tells it from the prefix
  /// @param to where it goes
  /// @return the characters read, or a negative error number
  public static long strtoul(Object text, long flags, long[] to) {
    return Host.current().call("strtoul", text, flags, to);
  }

  /// Compares a text with a constant.
  ///
  /// @param text a [BpfString] or `byte[]`
  /// @return 0 if they are equal, else the sign of the first difference
  public static int strncmp(Object text, String other) {
    return (int) Host.current().call("strncmp", text, other);
  }

  /// Appends bytes to what an iterator prints.
  ///
  /// @param seq a view of a `seq_file`
  /// @return 0, or a negative error number
  public static int seqWrite(Object seq, Object from) {
    return (int) Host.current().call("seqWrite", seq, from);
  }

  /// Prints a kernel struct as text.
  ///
  /// @param flags how it is printed: 1 compact, 2 without names, 4 with addresses, 8 with zeroes
  /// @return the bytes that the whole text has, or a negative error number
  public static int snprintfBtf(BpfString to, BtfPtr what, long flags) {
    return (int) Host.current().call("snprintfBtf", to, what, flags);
  }

  /// Prints a kernel struct as text to what an iterator prints.
  ///
  /// @param seq a view of a `seq_file`
  /// @return 0, or a negative error number
  public static int seqPrintfBtf(Object seq, BtfPtr what, long flags) {
    return (int) Host.current().call("seqPrintfBtf", seq, what, flags);
  }

  /// The system call `bpf`.
  ///
  /// @param attributes a struct that begins like the command's part of `union bpf_attr`
  /// @return its result, or a negative error number
  public static int sysBpf(int command, Object attributes) {
    return (int) Host.current().call("sysBpf", command, attributes);
  }

  /// Finds a type of the kernel.
  ///
  /// @param name a constant text or a [BpfString]
  /// @param kind such as 4 for a struct (`BTF_KIND_STRUCT`)
  /// @param flags 0
  /// @return the type's number, with the descriptor of its BTF in the upper half, or a negative
  ///   error number
  public static int btfFindByNameKind(Object name, int kind, int flags) {
    return (int) Host.current().call("btfFindByNameKind", name, kind, flags);
  }

  /// Closes a file of the current process.
  ///
  /// @return 0, or a negative error number
  public static int sysClose(int descriptor) {
    return (int) Host.current().call("sysClose", descriptor);
  }

  /// Finds the address of a kernel symbol.
  ///
  /// @param name a constant text or a [BpfString]
  /// @param flags 0
  /// @param to where it goes
  /// @return 0, or a negative error number
  public static int kallsymsLookupName(Object name, int flags, long[] to) {
    return (int) Host.current().call("kallsymsLookupName", name, flags, to);
  }
}
