import org.bpf4j.lang.Struct;

@Struct
final class Measure {
  long low;
  long high;
}
