package org.bpf4j.lang;

/// A packet at a netfilter hook.
@ContextStruct("bpf_nf_ctx")
public interface NetfilterContext extends Context {

  /// The hook's state.
  ///
  /// @param view a [KernelStruct] interface for `nf_hook_state`
  <T> T state(Class<T> view);

  /// The packet.
  ///
  /// @param view a [KernelStruct] interface for `sk_buff`
  <T> T packet(Class<T> view);
}
