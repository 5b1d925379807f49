import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.CgroupAction;
import org.bpf4j.lang.CgroupSysctl;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.SysctlContext;

@Bpf(license = "GPL")
public final class SettingTexts {

  @Struct
  static final class Texts {
    final BpfString name = BpfString.ofSize(32);
    final BpfString value = BpfString.ofSize(16);
    final BpfString wanted = BpfString.ofSize(16);
    final BpfString instead = BpfString.ofSize(8);
  }

  static int nameLength;
  static int valueLength;
  static int wantedLength;
  static int replaced;
  static final BpfString seen = BpfString.ofSize(16);

  @CgroupSysctl
  static CgroupAction setting(SysctlContext context) {
    Texts texts = new Texts();
    nameLength = context.name(texts.name);
    if (!texts.name.text().contentEquals("net/ipv4/ip_default_ttl")) {
      return CgroupAction.ALLOW;
    }
    valueLength = context.currentValue(texts.value);
    seen.copyFrom(texts.value);
    wantedLength = context.newValue(texts.wanted);
    if (wantedLength < 0) {
      return CgroupAction.ALLOW;
    }
    if (texts.wanted.text().startsWith("200")) {
      return CgroupAction.DENY;
    }
    if (texts.wanted.text().startsWith("99")) {
      texts.instead.copyFrom("77\n");
      replaced = context.replaceValue(texts.instead, 3);
    }
    return CgroupAction.ALLOW;
  }
}
