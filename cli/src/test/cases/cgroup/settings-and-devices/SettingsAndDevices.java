import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.CgroupAction;
import org.bpf4j.lang.CgroupDevice;
import org.bpf4j.lang.CgroupSysctl;
import org.bpf4j.lang.DeviceContext;
import org.bpf4j.lang.SysctlContext;

@Bpf(license = "GPL")
public final class SettingsAndDevices {

  @CgroupSysctl
  static CgroupAction setting(SysctlContext context) {
    if (context.write() != 0 && context.position() == 0) {
      return CgroupAction.DENY;
    }
    context.position(context.position() / 2);
    return CgroupAction.ALLOW;
  }

  @CgroupDevice
  static CgroupAction device(DeviceContext context) {
    if (context.deviceType() != DeviceContext.CHARACTER) {
      return CgroupAction.DENY;
    }
    boolean isNull = context.major() == 1 && context.minor() == 3;
    boolean onlyReads = (context.access() & ~DeviceContext.READ) == 0;
    return isNull || onlyReads ? CgroupAction.ALLOW : CgroupAction.DENY;
  }
}
