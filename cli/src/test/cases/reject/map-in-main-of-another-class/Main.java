public final class Main {

  public static void main(String[] args) {
    MapInMainOfAnotherClass.seen = 0;
  }
}
