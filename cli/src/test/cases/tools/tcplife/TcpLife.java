import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;
import org.bpf4j.lang.U16;
import org.bpf4j.lang.net.IpProtocol;

/// Tells of each TCP connection that ends how long it was, how much went each way, and whose it
/// was.
@Bpf(license = "GPL")
public final class TcpLife {

  static final int SYN_SENT = 2;
  static final int LAST_ACK = 9;
  static final int CLOSE = 7;
  static final int FIN_WAIT1 = 4;

  @TracepointArgs
  interface InetSockSetState {
    @Field("skaddr")
    TcpSock socket();

    int oldstate();

    int newstate();

    @U16
    int sport();

    @U16
    int dport();

    @U16
    int protocol();
  }

  @KernelStruct
  interface TcpSock {
    @Field("inet_conn.icsk_inet.sk.__sk_common.skc_daddr")
    @Be32
    int remote();

    long bytesReceived();

    long bytesAcked();
  }

  @Struct
  static final class Life {
    long bytesReceived;
    long bytesSent;
    long us;
    int process;
    int remote;
    @U16 int localPort;
    @U16 int remotePort;
    final BpfString name = BpfString.ofSize(16);
  }

  /// Whose a connection is: known when it is made or ended, by a process.
  @Struct
  static final class Identity {
    int process;
    final BpfString name = BpfString.ofSize(16);
  }

  static final BpfHashMap<TcpSock, Long> births = BpfHashMap.create(10_240);
  static final BpfHashMap<TcpSock, Identity> identities = BpfHashMap.create(10_240);
  static final RingBuffer<Life> lives = RingBuffer.ofBytes(1 << 18);

  @Tracepoint("sock/inet_sock_set_state")
  static void onState(InetSockSetState change) {
    if (change.protocol() != IpProtocol.TCP) return;
    TcpSock socket = change.socket();
    int state = change.newstate();
    if (state < FIN_WAIT1) births.put(socket, Helpers.ktimeGetNs());
    if (state == SYN_SENT || state == LAST_ACK) {
      Identity identity = new Identity();
      identity.process = (int) (Helpers.getCurrentPidTgid() >>> 32);
      Helpers.getCurrentComm(identity.name);
      identities.put(socket, identity);
    }
    if (state == CLOSE) {
      report(change, socket);
      births.remove(socket);
      identities.remove(socket);
    }
  }

  static void report(InetSockSetState change, TcpSock socket) {
    Long birth = births.get(socket);
    if (birth == null) return;
    Life life = lives.reserve();
    if (life == null) return;
    life.us = (Helpers.ktimeGetNs() - birth) / 1_000;
    life.bytesReceived = socket.bytesReceived();
    life.bytesSent = socket.bytesAcked();
    life.remote = socket.remote();
    life.localPort = change.sport();
    life.remotePort = change.dport();
    Identity identity = identities.get(socket);
    if (identity != null) {
      life.process = identity.process;
      life.name.copyFrom(identity.name);
    }
    lives.submit(life);
  }
}
