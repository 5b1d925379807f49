import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class ArrayOfStructsOfNull {

  @Struct
  static final class Slot {
    int used;
  }

  @Struct
  static final class Table {
    final Slot[] slots = new Slot[4];
  }

  static final BpfHashMap<Integer, Table> tables = BpfHashMap.create(8);

  @Xdp
  static XdpAction program(XdpContext context) {
    Table table = tables.get(0);
    return table != null ? XdpAction.DROP : XdpAction.PASS;
  }
}
