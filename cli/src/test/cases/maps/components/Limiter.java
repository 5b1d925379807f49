import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfComponent;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;

/// Admits a number of events for each key.
@BpfComponent
public final class Limiter {

  @Struct
  static final class Bucket {
    int left;
    int used;
  }

  final BpfHashMap<Integer, Bucket> buckets = BpfHashMap.create(16);
  private final BpfArray<Integer> refused = BpfArray.create(1);

  @BpfFunction
  boolean admit(int key, int most) {
    Bucket bucket = buckets.get(key);
    if (bucket == null) {
      return begin(key, most);
    }
    if (bucket.left == 0) {
      refuse();
      return false;
    }
    bucket.left--;
    bucket.used++;
    return true;
  }

  private boolean begin(int key, int most) {
    Bucket fresh = new Bucket();
    fresh.left = most - 1;
    fresh.used = 1;
    this.buckets.put(key, fresh);
    return true;
  }

  private void refuse() {
    refused.put(0, refused.get(0) + 1);
  }

  @BpfFunction
  int refusals() {
    return refused.get(0);
  }
}
