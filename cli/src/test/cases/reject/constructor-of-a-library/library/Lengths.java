public final class Lengths {

  public record Plain(int from, long to, byte step) {}

  public record Ordered(int from, int to) {
    public Ordered {
      if (from > to) {
        throw new IllegalArgumentException();
      }
    }
  }

  public record Exchanged(int from, int to) {
    public Exchanged(int from, int to) {
      this.from = to;
      this.to = from;
    }
  }

  private Lengths() {}
}
