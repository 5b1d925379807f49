package org.bpf4j.object;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The hooks of security modules in which programs may sleep, and since when.
///
/// Every hook was tried with a program that may sleep on Linux 5.10, 6.1, 6.12 and 7.3; 5.11 is the
/// first kernel with a list of such hooks (`sleepable_lsm_hooks` of `kernel/bpf/bpf_lsm.c`), which
/// grew little. Those are left out in which a program slept once and a newer kernel refuses it.
public final class SleepingHooks {

  private static final Map<String, KernelVersion> SINCE = new HashMap<>();

  static {
    row(
        "5.10",
        """
        bprm_committed_creds
        """);
    row(
        "5.11",
        """
        bpf bpf_map bpf_map_alloc_security bpf_map_free_security bpf_prog
        bprm_check_security bprm_committing_creds bprm_creds_for_exec
        bprm_creds_from_file capget capset cred_prepare current_getsecid_subj
        file_ioctl file_lock file_open file_receive inode_create inode_free_security
        inode_getattr inode_getxattr inode_mknod inode_post_setxattr inode_readlink
        inode_rename inode_rmdir inode_setattr inode_setxattr inode_symlink
        inode_unlink kernel_module_request kernfs_init_security key_free mmap_file
        netlink_send path_notify release_secctx sb_alloc_security sb_eat_lsm_opts
        sb_kern_mount sb_mount sb_remount sb_set_mnt_opts sb_show_options sb_statfs
        sb_umount settime socket_accept socket_bind socket_connect socket_create
        socket_getpeername socket_getpeersec_dgram socket_getsockname
        socket_getsockopt socket_listen socket_post_create socket_recvmsg
        socket_sendmsg socket_shutdown socket_socketpair syslog task_alloc
        task_getsecid_obj task_prctl task_setscheduler
        """);
    row(
        "6.1",
        """
        kernel_read_file userns_create
        """);
    row(
        "6.12",
        """
        bpf_map_create bpf_map_free bpf_prog_load bpf_token_capable bpf_token_cmd
        bpf_token_create bpf_token_free file_post_open path_chmod path_chown
        path_link path_mkdir path_rename path_rmdir path_symlink path_truncate
        path_unlink
        """);
    row(
        "7.3",
        """
        bdev_alloc_security bdev_setintegrity inode_post_removexattr
        inode_removexattr
        """);
  }

  private SleepingHooks() {}

  /// The first kernel that lets a program sleep in a hook; nothing if none does.
  ///
  /// @param hook the hook's name: `file_open`
  public static Optional<KernelVersion> since(String hook) {
    return Optional.ofNullable(SINCE.get(hook));
  }

  private static void row(String since, String hooks) {
    KernelVersion kernel = KernelVersion.parse(since);
    List.of(hooks.strip().split("\\s+")).forEach(hook -> SINCE.put(hook, kernel));
  }
}
