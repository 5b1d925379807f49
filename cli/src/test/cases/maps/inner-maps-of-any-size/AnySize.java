import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfArrayOfMaps;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfHashOfMaps;
import org.bpf4j.lang.MapFlag;
import org.bpf4j.lang.MapFlags;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class AnySize {

  @MapFlags(inner = MapFlag.INNER_MAP)
  static final BpfArrayOfMaps<BpfArray<Integer>> rows =
      BpfArrayOfMaps.create(4, BpfArray.create(2));

  @MapFlags(
      value = MapFlag.NO_PREALLOC,
      inner = {MapFlag.NO_PREALLOC, MapFlag.ZERO_SEED})
  static final BpfHashOfMaps<Long, BpfHashMap<Integer, Integer>> tables =
      BpfHashOfMaps.create(4, BpfHashMap.create(1));

  @MapFlags(MapFlag.INNER_MAP)
  static final BpfArray<Integer> alone = BpfArray.create(1);

  @Struct
  static final class Place {
    int row;
    int column;
    int value;
  }

  @Syscall
  static int put(Place place) {
    BpfArray<Integer> row = rows.get(place.row);
    if (row == null) {
      return -1;
    }
    alone.put(0, alone.get(0) + 1);
    row.put(place.column, place.value);
    return row.get(place.column) + row.get(0);
  }

  @Syscall
  static int sum(Place place) {
    BpfArray<Integer> row = rows.get(place.row);
    if (row == null) {
      return -1;
    }
    int sum = 0;
    for (int i = 0; i < place.column; i++) {
      sum += row.get(i);
    }
    return sum;
  }

  @Syscall
  static int fill(Place place) {
    BpfHashMap<Integer, Integer> table = tables.get(7L);
    if (table == null) {
      return -1;
    }
    int taken = 0;
    for (int i = 0; i < 5; i++) {
      taken += table.put(i, i) ? 1 : 0;
    }
    return taken;
  }
}
