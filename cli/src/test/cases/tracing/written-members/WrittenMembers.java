import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Embedded;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Operation;
import org.bpf4j.lang.StructOps;
import org.bpf4j.lang.U32;
import org.bpf4j.lang.U8;

@Bpf(license = "GPL")
@StructOps("tcp_congestion_ops")
public final class WrittenMembers {

  @Operation static final String NAME = "bpf4j_writes";

  @Operation static final int FLAGS = 1;

  @KernelStruct
  interface TcpSock {
    @U32
    long sndCwnd();

    void sndCwnd(long value);

    int sndSsthresh();

    void sndSsthresh(int value);

    int sndCwndCnt();

    void sndCwndCnt(int value);

    /// A number of the program's own.
    @Field("inet_conn.icsk_ca_priv[1]")
    long lastTime();

    void lastTime(long value);

    @Embedded
    InetConnectionSock inetConn();
  }

  @KernelStruct
  interface InetConnectionSock {
    @Field("icsk_ca_priv[3]")
    long third();

    void third(long value);

    @Field("icsk_ack.pending")
    @U8
    int pending();

    void pending(int value);
  }

  static long window;
  static int threshold;
  static int count;
  static long sum;
  static int pending;

  private static void reduce(TcpSock socket, int share) {
    socket.sndSsthresh(Math.max((int) socket.sndCwnd() / share, 2));
    socket.sndCwnd(socket.sndSsthresh());
  }

  @Operation
  static void congAvoid(TcpSock socket, int acknowledgement, int packets) {
    socket.sndCwndCnt(socket.sndCwndCnt() + packets);
    if (socket.sndCwndCnt() >= socket.sndCwnd()) {
      socket.sndCwnd(socket.sndCwnd() + 1);
      socket.sndCwndCnt(0);
    }
    socket.lastTime(1L << 40 | acknowledgement);
    socket.inetConn().third(socket.lastTime() - 7);
    window = socket.sndCwnd();
    count = socket.sndCwndCnt();
    sum = socket.inetConn().third();
  }

  @Operation
  static int ssthresh(TcpSock socket) {
    socket.sndCwnd(21);
    reduce(socket, 2);
    window = socket.sndCwnd();
    threshold = socket.sndSsthresh();
    return threshold;
  }

  @Operation
  static int undoCwnd(TcpSock socket) {
    int[] some = {200, 300};
    for (int each : some) {
      socket.inetConn().pending(each);
      pending = socket.inetConn().pending();
    }
    return 1;
  }
}
