import org.bpf4j.lang.ArenaStruct;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArena;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class NoRoom {

  @ArenaStruct
  static final class Block {
    final byte[] bytes = new byte[1500];
    @Nullable Block next;
  }

  @ArenaStruct
  static final class Small {
    byte one;
  }

  static final BpfArena arena = BpfArena.ofPages(2);

  static @Nullable Block last;
  static int blocks;
  static int smalls;

  @Xdp
  static XdpAction take(XdpContext context) {
    Block block = arena.allocate(Block.class);
    if (block == null) {
      return XdpAction.DROP;
    }
    if (block.bytes[1499] != 0) {
      return XdpAction.ABORTED;
    }
    block.bytes[1499] = 1;
    block.next = last;
    last = block;
    blocks++;
    return XdpAction.PASS;
  }

  @Xdp
  static XdpAction give(XdpContext context) {
    Block block = last;
    if (block == null) {
      return XdpAction.DROP;
    }
    last = block.next;
    arena.free(block);
    blocks--;
    return XdpAction.PASS;
  }

  @Xdp
  static XdpAction fill(XdpContext context) {
    for (int i = 0; i < 200; i++) {
      if (arena.allocate(Small.class) == null) {
        break;
      }
      smalls++;
    }
    return XdpAction.PASS;
  }
}
