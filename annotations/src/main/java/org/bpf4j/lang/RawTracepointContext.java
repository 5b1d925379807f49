package org.bpf4j.lang;

/// The arguments of a raw tracepoint: the words that the kernel passes to it.
@ContextStruct("bpf_raw_tracepoint_args")
public interface RawTracepointContext extends Context {

  /// An argument as 64 bits: a number, or the address of something in the kernel.
  ///
  /// @param index its position from 0; a constant expression, at most 11 (`MAX_BPF_FUNC_ARGS`)
  long argument(int index);
}
