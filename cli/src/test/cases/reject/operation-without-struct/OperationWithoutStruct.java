import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class OperationWithoutStruct {
  @Operation
  static int ssthresh() {
    return 2;
  }
}
