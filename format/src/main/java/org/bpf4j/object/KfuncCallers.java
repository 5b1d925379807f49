package org.bpf4j.object;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.btf.BtfNames;

/// Which programs may call the kernel functions that are called by their names, and since when.
///
/// A type without a version may call the function from the first kernel that has it. Versions were
/// measured: a program of each type with a call of each function was given to the verifiers of
/// Linux 6.1, 6.12, 6.18 and 7.3, and the first that did not say `calling kernel function … is not
/// allowed` counts; 6.7 and 6.15 are when `register_btf_kfunc_id_set` was first called for the
/// type. So a version is never too early, perhaps a few releases late. Functions of modules are
/// missing, and those that the kernel allows by more than the type, such as the operation of a
/// scheduler: what is not listed is for all. Objects that programs make are not for tracing
/// programs, which 7.3 lets give back none that has a node, lest they do it in an interrupt that
/// cannot be masked.
final class KfuncCallers {

  /// Functions with the same callers, and the first kernel of each kind.
  record Row(Map<ProgramKind, KernelVersion> since, List<String> functions) {}

  /// Every kind.
  private static final String ALL = "*";

  /// The rows of the table.
  static final List<Row> ROWS =
      List.of(
          row(
              "*",
              """
              bpf_arena_alloc_pages bpf_arena_free_pages bpf_arena_reserve_pages
              bpf_cast_to_kern_ctx bpf_cgroup_read_xattr bpf_copy_from_user_dynptr
              bpf_copy_from_user_str bpf_copy_from_user_str_dynptr
              bpf_copy_from_user_task_dynptr bpf_copy_from_user_task_str
              bpf_copy_from_user_task_str_dynptr bpf_dynptr_adjust bpf_dynptr_clone
              bpf_dynptr_copy bpf_dynptr_file_discard bpf_dynptr_from_file
              bpf_dynptr_is_null bpf_dynptr_is_rdonly bpf_dynptr_memset bpf_dynptr_size
              bpf_dynptr_slice bpf_dynptr_slice_rdwr bpf_get_kmem_cache
              bpf_get_mem_cgroup bpf_get_root_mem_cgroup bpf_iter_bits_destroy
              bpf_iter_bits_new bpf_iter_bits_next bpf_iter_css_destroy bpf_iter_css_new
              bpf_iter_css_next bpf_iter_css_task_destroy bpf_iter_css_task_new
              bpf_iter_css_task_next bpf_iter_dmabuf_destroy bpf_iter_dmabuf_new
              bpf_iter_dmabuf_next bpf_iter_kmem_cache_destroy bpf_iter_kmem_cache_new
              bpf_iter_kmem_cache_next bpf_iter_num_destroy bpf_iter_num_new
              bpf_iter_num_next bpf_iter_task_destroy bpf_iter_task_new
              bpf_iter_task_next bpf_iter_task_vma_destroy bpf_iter_task_vma_new
              bpf_iter_task_vma_next bpf_local_irq_restore bpf_local_irq_save
              bpf_map_sum_elem_count bpf_mem_cgroup_memory_events
              bpf_mem_cgroup_page_state bpf_mem_cgroup_usage bpf_mem_cgroup_vm_events
              bpf_preempt_disable bpf_preempt_enable bpf_probe_read_kernel_dynptr
              bpf_probe_read_kernel_str_dynptr bpf_probe_read_user_dynptr
              bpf_probe_read_user_str_dynptr bpf_put_mem_cgroup bpf_rcu_read_lock
              bpf_rcu_read_unlock bpf_rdonly_cast bpf_strcasecmp bpf_strcasestr
              bpf_strchr bpf_strchrnul bpf_strcmp bpf_strcspn bpf_stream_print_stack
              bpf_stream_vprintk bpf_stream_vprintk_impl bpf_strlen bpf_strncasecmp
              bpf_strncasestr bpf_strnchr bpf_strnlen bpf_strnstr bpf_strrchr bpf_strspn
              bpf_strstr bpf_task_work_schedule_resume
              bpf_task_work_schedule_resume_impl bpf_task_work_schedule_signal
              bpf_task_work_schedule_signal_impl scx_bpf_cid_override scx_bpf_sub_caps
              scx_bpf_sub_grant scx_bpf_sub_revoke
              """),
          row(
              "TRACING STRUCT_OPS LSM SYSCALL; 6.12 TRACEPOINT PERF_EVENT; 7.3 " + "RAW_TRACEPOINT",
              """
              bpf_iter_scx_dsq_destroy bpf_iter_scx_dsq_new bpf_iter_scx_dsq_next
              scx_bpf_cid_curr scx_bpf_cid_to_cpu scx_bpf_cid_topo scx_bpf_cidperf_cap
              scx_bpf_cidperf_cur scx_bpf_cidperf_set scx_bpf_cpu_curr scx_bpf_cpu_node
              scx_bpf_cpu_to_cid scx_bpf_cpuperf_cap scx_bpf_cpuperf_cur
              scx_bpf_cpuperf_set scx_bpf_destroy_dsq scx_bpf_dsq_nr_queued
              scx_bpf_dsq_peek scx_bpf_dsq_reenq scx_bpf_dump_bstr scx_bpf_error_bstr
              scx_bpf_events scx_bpf_exit_bstr scx_bpf_get_idle_cpumask
              scx_bpf_get_idle_cpumask_node scx_bpf_get_idle_smtmask
              scx_bpf_get_idle_smtmask_node scx_bpf_get_online_cpumask
              scx_bpf_get_possible_cpumask scx_bpf_kick_cid scx_bpf_kick_cpu
              scx_bpf_locked_rq scx_bpf_now scx_bpf_nr_cids scx_bpf_nr_cpu_ids
              scx_bpf_nr_node_ids scx_bpf_nr_online_cids scx_bpf_online_cmask
              scx_bpf_pick_any_cpu scx_bpf_pick_any_cpu_node scx_bpf_pick_idle_cpu
              scx_bpf_pick_idle_cpu_node scx_bpf_put_cpumask scx_bpf_put_idle_cpumask
              scx_bpf_reenqueue_local___v2 scx_bpf_sub_kill_bstr scx_bpf_task_cgroup
              scx_bpf_task_cid scx_bpf_task_cpu scx_bpf_task_running
              scx_bpf_task_set_dsq_vtime scx_bpf_task_set_slice
              scx_bpf_test_and_clear_cpu_idle scx_bpf_this_cid scx_bpf_tid_to_task
              """),
          row(
              "TRACING LSM; 6.12 TRACEPOINT PERF_EVENT STRUCT_OPS SYSCALL; 7.3 " + "RAW_TRACEPOINT",
              """
              bpf_cpumask_acquire bpf_cpumask_and bpf_cpumask_any_and_distribute
              bpf_cpumask_any_distribute bpf_cpumask_clear bpf_cpumask_clear_cpu
              bpf_cpumask_copy bpf_cpumask_create bpf_cpumask_empty bpf_cpumask_equal
              bpf_cpumask_first bpf_cpumask_first_and bpf_cpumask_first_zero
              bpf_cpumask_full bpf_cpumask_intersects bpf_cpumask_or bpf_cpumask_release
              bpf_cpumask_set_cpu bpf_cpumask_setall bpf_cpumask_subset
              bpf_cpumask_test_and_clear_cpu bpf_cpumask_test_and_set_cpu
              bpf_cpumask_test_cpu bpf_cpumask_weight bpf_cpumask_xor
              """),
          row(
              "TRACING LSM; 6.12 SCHED_CLS TRACEPOINT XDP PERF_EVENT CGROUP_SKB "
                  + "CGROUP_SOCK CGROUP_DEVICE CGROUP_SOCK_ADDR CGROUP_SYSCTL CGROUP_SOCKOPT "
                  + "STRUCT_OPS SYSCALL; 6.18 SOCK_OPS; 7.3 RAW_TRACEPOINT",
              """
              bpf_cgroup_acquire bpf_cgroup_ancestor bpf_cgroup_from_id
              bpf_cgroup_release bpf_task_acquire bpf_task_from_pid bpf_task_get_cgroup1
              bpf_task_release bpf_task_under_cgroup bpf_throw
              """),
          row(
              "LSM; 6.12 SCHED_CLS XDP CGROUP_SKB CGROUP_SOCK CGROUP_DEVICE CGROUP_SOCK_ADDR "
                  + "CGROUP_SYSCTL CGROUP_SOCKOPT STRUCT_OPS SYSCALL; 6.18 SOCK_OPS",
              """
              bpf_list_pop_back bpf_list_pop_front bpf_list_push_back_impl
              bpf_list_push_front_impl bpf_obj_drop_impl bpf_obj_new_impl
              bpf_percpu_obj_drop_impl bpf_percpu_obj_new_impl bpf_rbtree_add_impl
              bpf_rbtree_first bpf_rbtree_remove bpf_refcount_acquire_impl
              """),
          row(
              "STRUCT_OPS",
              """
              bbr_cwnd_event bbr_init bbr_main bbr_min_tso_segs bbr_set_state
              bbr_sndbuf_expand bbr_ssthresh bbr_undo_cwnd bpf_io_uring_get_region
              cubictcp_acked cubictcp_cong_avoid cubictcp_cwnd_event
              cubictcp_cwnd_event_tx_start cubictcp_init cubictcp_recalc_ssthresh
              cubictcp_state tcp_cong_avoid_ai tcp_reno_cong_avoid tcp_reno_ssthresh
              tcp_reno_undo_cwnd tcp_slow_start
              """),
          row(
              "SCHED_CLS XDP",
              """
              bpf_crypto_decrypt bpf_crypto_encrypt bpf_ct_change_status
              bpf_ct_change_timeout bpf_ct_insert_entry bpf_ct_release
              bpf_ct_set_nat_info bpf_ct_set_status bpf_ct_set_timeout bpf_skb_ct_alloc
              bpf_skb_ct_lookup bpf_xdp_ct_alloc bpf_xdp_ct_lookup
              """),
          row(
              "SCHED_CLS TRACEPOINT XDP PERF_EVENT CGROUP_SKB CGROUP_SOCK SOCK_OPS "
                  + "CGROUP_DEVICE RAW_TRACEPOINT CGROUP_SOCK_ADDR CGROUP_SYSCTL CGROUP_SOCKOPT "
                  + "TRACING STRUCT_OPS LSM SYSCALL",
              """
              bpf_list_add bpf_list_del bpf_list_empty bpf_list_is_first
              bpf_list_is_last bpf_list_push_back bpf_list_push_front bpf_obj_drop
              bpf_obj_new bpf_percpu_obj_drop bpf_percpu_obj_new bpf_rbtree_add
              bpf_refcount_acquire
              """),
          row(
              "LSM",
              """
              bpf_get_dentry_xattr bpf_get_file_xattr bpf_get_fsverity_digest
              bpf_get_task_exe_file bpf_path_d_path bpf_put_file bpf_sock_read_xattr
              """),
          row(
              "SCHED_CLS TRACEPOINT XDP PERF_EVENT CGROUP_SKB CGROUP_SOCK SOCK_OPS "
                  + "CGROUP_DEVICE CGROUP_SOCK_ADDR CGROUP_SYSCTL CGROUP_SOCKOPT TRACING "
                  + "STRUCT_OPS LSM SYSCALL; 7.3 RAW_TRACEPOINT",
              """
              bpf_list_back bpf_list_front bpf_rbtree_left bpf_rbtree_right
              bpf_rbtree_root bpf_send_signal_task bpf_task_from_vpid
              """),
          row(
              "XDP",
              """
              bpf_dynptr_from_xdp bpf_xdp_get_xfrm_state bpf_xdp_pull_data
              bpf_xdp_xfrm_state_release
              """),
          row(
              "SYSCALL",
              """
              bpf_crypto_ctx_acquire bpf_crypto_ctx_create bpf_crypto_ctx_release
              """),
          row(
              "SCHED_CLS",
              """
              bpf_dynptr_from_skb_meta bpf_sk_assign_tcp_reqsk
              """),
          row(
              "CGROUP_SKB CGROUP_SOCK SOCK_OPS CGROUP_DEVICE CGROUP_SOCK_ADDR "
                  + "CGROUP_SYSCTL CGROUP_SOCKOPT",
              """
              bpf_icmp_send bpf_sock_ops_enable_tx_tstamp
              """),
          row(
              "TRACING LSM; 6.12 TRACEPOINT PERF_EVENT; 6.18 SCHED_CLS XDP CGROUP_SKB "
                  + "CGROUP_SOCK SOCK_OPS CGROUP_DEVICE CGROUP_SOCK_ADDR CGROUP_SYSCTL "
                  + "CGROUP_SOCKOPT STRUCT_OPS SYSCALL; 7.3 RAW_TRACEPOINT",
              """
              bpf_key_put bpf_lookup_system_key
              """),
          row(
              "TRACING LSM; 6.12 TRACEPOINT PERF_EVENT",
              """
              cgroup_rstat_flush cgroup_rstat_updated
              """),
          row(
              "TRACEPOINT PERF_EVENT TRACING STRUCT_OPS LSM SYSCALL; 7.3 RAW_TRACEPOINT",
              """
              bpf_cpumask_populate
              """),
          row(
              "SOCKET_FILTER SCHED_CLS CGROUP_SKB LWT_IN LWT_OUT LWT_XMIT SK_SKB "
                  + "LWT_SEG6LOCAL NETFILTER; 6.7 CGROUP_SOCK_ADDR; 6.12 TRACEPOINT PERF_EVENT "
                  + "CGROUP_SOCK CGROUP_DEVICE CGROUP_SYSCTL CGROUP_SOCKOPT TRACING LSM; 6.15 "
                  + "SOCK_OPS; 7.3 RAW_TRACEPOINT",
              """
              bpf_dynptr_from_skb
              """),
          row(
              "TRACING LSM; 6.12 TRACEPOINT PERF_EVENT; 6.18 SCHED_CLS XDP CGROUP_SKB "
                  + "CGROUP_SOCK SOCK_OPS CGROUP_DEVICE CGROUP_SOCK_ADDR CGROUP_SYSCTL "
                  + "CGROUP_SOCKOPT STRUCT_OPS SYSCALL",
              """
              bpf_lookup_user_key
              """),
          row(
              "CGROUP_SOCK_ADDR; 6.12 CGROUP_SKB CGROUP_SOCK CGROUP_DEVICE CGROUP_SYSCTL "
                  + "CGROUP_SOCKOPT; 6.15 SOCK_OPS",
              """
              bpf_sock_addr_set_sun_path
              """),
          row(
              "ITER",
              """
              bpf_sock_destroy
              """),
          row(
              "TRACING LSM; 6.12 TRACEPOINT PERF_EVENT; 7.3 SYSCALL",
              """
              bpf_verify_pkcs7_signature
              """),
          row(
              "TRACEPOINT PERF_EVENT ITER",
              """
              css_rstat_flush
              """),
          row(
              "TRACEPOINT PERF_EVENT TRACING LSM; 7.3 RAW_TRACEPOINT",
              """
              css_rstat_updated
              """));

  private static final Map<String, Row> BY_NAME = new HashMap<>();

  static {
    ROWS.forEach(row -> row.functions.forEach(name -> BY_NAME.put(name, row)));
  }

  private KfuncCallers() {}

  /// The first kernel for each kind of program that may call a function; nothing if that is not
  /// known of the function.
  ///
  /// @param name the function's name, with or without a flavour
  static Optional<Map<ProgramKind, KernelVersion>> of(String name) {
    return Optional.ofNullable(BY_NAME.get(BtfNames.essential(name))).map(Row::since);
  }

  /// A row; its callers are types of programs, in parts that begin with a version but for the
  /// first.
  private static Row row(String callers, String functions) {
    Map<ProgramKind, KernelVersion> since = new EnumMap<>(ProgramKind.class);
    for (String part : callers.split("; ")) {
      List<String> words = new ArrayList<>(List.of(part.split(" ")));
      boolean dated = Character.isDigit(words.getFirst().charAt(0));
      KernelVersion version =
          dated ? KernelVersion.parse(words.removeFirst()) : KernelVersion.FLOOR;
      for (ProgramKind kind : ProgramKind.values()) {
        if (isOf(kind, words)) {
          since.putIfAbsent(kind, version.max(kind.since()));
        }
      }
    }
    return new Row(Collections.unmodifiableMap(since), List.of(functions.strip().split("\\s+")));
  }

  /// Iterators are of the type of trampolines, but some functions are for them alone; extensions
  /// call what the program that they extend may.
  private static boolean isOf(ProgramKind kind, Collection<String> words) {
    return words.contains(ALL)
        || words.contains(kind.type().name())
        || kind == ProgramKind.ITER && words.contains(kind.name())
        || kind.type() == ProgramType.EXT;
  }
}
