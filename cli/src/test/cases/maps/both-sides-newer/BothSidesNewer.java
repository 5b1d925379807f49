import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfBloomFilter;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.UserRing;

@Bpf(license = "GPL")
public final class BothSidesNewer {

  @Struct
  static final class Letter {
    long number;
  }

  static final BpfBloomFilter<Long> filter = BpfBloomFilter.create(100);
  static final RingBuffer<Letter> answers = RingBuffer.ofBytes(1 << 12);
  static final UserRing<Letter> letters = UserRing.ofBytes(1 << 12);

  static int known;
  static int read;

  @Tc
  static TcAction ask() {
    known = filter.mightContain(20L) ? 1 : 0;
    filter.add(21L);
    return TcAction.OK;
  }

  @Tc
  static TcAction answer() {
    read =
        letters.drain(
            letter -> {
              Letter answer = answers.reserve();
              if (answer == null) {
                return false;
              }
              answer.number = letter.number + 1;
              answers.submit(answer);
              return true;
            });
    return TcAction.OK;
  }
}
