package org.bpf4j.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.TestInput;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.sim.SimulatedKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that call libraries which come as jars, one of which calls the other.
class LibraryJarTest {

  private static final String TABLES =
      """
      package acme.tables;

      import org.bpf4j.lang.BpfComponent;
      import org.bpf4j.lang.BpfFunction;
      import org.bpf4j.lang.BpfHashMap;
      import org.bpf4j.lang.Struct;

      public final class Tables {
        @BpfComponent public static final class Counts {
          final BpfHashMap<Integer, Long> counts = BpfHashMap.create(8);

          @BpfFunction public long add(int which) {
            Long before = counts.get(which);
            put(which, before == null ? 1 : before + 1);
            return before == null ? 1 : before + 1;
          }

          private void put(int which, long count) {
            counts.put(which, count);
          }
        }

        public record Even(int value) {
          @BpfFunction public Even {
            value &= ~1;
          }
        }

        static final int[] SQUARES = {0, 1, 4, 9, 16, 25, 36, 49};
        static final byte[] WEIGHTS = {3, 1, 4, 1};

        @Struct public static final class Score {
          public long sum;
          public int count;
        }

        public record Range(int from, int to) {
          @BpfFunction public boolean contains(int value) {
            return value >= from && value < to;
          }
        }

        public enum Grade { LOW, HIGH }

        @BpfFunction public static int square(int i) {
          return SQUARES[i & 7];
        }

        @BpfFunction public static void add(Score score, int value) {
          score.sum += square(value) * WEIGHTS[value & 3];
          score.count++;
        }

        @BpfFunction public static Grade grade(Score score) {
          return score.sum > 20 ? Grade.HIGH : Grade.LOW;
        }

        private static int thrice(int x) {
          return x * 3;
        }

        @BpfFunction public static int more(int x) {
          return thrice(x) + 1;
        }
      }
      """;

  private static final String SCORES =
      """
      package acme.scores;

      import acme.tables.Tables;
      import org.bpf4j.lang.BpfFunction;

      public final class Scores {
        static final int BIAS = 2;

        @BpfFunction public static int total(int a, int b) {
          Tables.Score score = new Tables.Score();
          Tables.add(score, a);
          Tables.add(score, b);
          Tables.Range range = new Tables.Range(1, 100);
          return range.contains((int) score.sum) && Tables.grade(score) == Tables.Grade.HIGH
              ? (int) score.sum + BIAS + Tables.more(b)
              : -1;
        }
      }
      """;

  private static final String PROGRAM =
      """
      import acme.scores.Scores;
      import acme.tables.Tables;
      import org.bpf4j.lang.Bpf;
      import org.bpf4j.lang.Struct;
      import org.bpf4j.lang.Syscall;

      @Bpf(license = "GPL")
      public final class App {
        @Struct static final class Args {
          int a;
          int b;
        }

        @Syscall static int run(Args args) {
          return Scores.total(args.a, args.b);
        }

        static final Tables.Counts first = new Tables.Counts();
        static final Tables.Counts second = new Tables.Counts();

        @Syscall static int count(Args args) {
          return (int) first.add(new Tables.Even(args.a).value()) * 10 + (int) second.add(args.b);
        }
      }
      """;

  @Test
  void codeOfLibrariesRunsInPrograms(@TempDir Path folder) throws IOException {
    Path tables = jar(folder, "Tables", TABLES, List.of());
    Path scores = jar(folder, "Scores", SCORES, List.of(tables));
    Compiled.Loadable app;
    try (Javac javac = Javac.with(List.of(tables, scores))) {
      app = javac.compile(List.of(Javac.source("App", PROGRAM))).orFail().only();
    }
    try (LoadedObject loaded =
        SimulatedKernel.create()
            .load(new LoadRequest(app.object(), app.owner(), Map.of(), Map.of(), Set.of()))) {
      assertThat(run(loaded, 5, 6)).isEqualTo(-1);
      assertThat(run(loaded, 3, 5)).isEqualTo(9 + 25 + 2 + 16);
      assertThat(run(loaded, 1, 1)).isEqualTo(-1);
      assertThat(run(loaded, "count", 4, 1)).isEqualTo(11);
      assertThat(run(loaded, "count", 5, 2)).isEqualTo(21);
      assertThat(loaded.object().maps())
          .extracting(map -> map.name())
          .containsExactlyInAnyOrder("first_counts", "second_counts");
    }
  }

  private static long run(LoadedObject loaded, int a, int b) {
    return run(loaded, "run", a, b);
  }

  private static long run(LoadedObject loaded, String program, int a, int b) {
    byte[] arguments =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(a).putInt(b).array();
    return (int) loaded.program(program).run(TestInput.context(arguments)).returnValue();
  }

  private static Path jar(Path folder, String name, String source, List<Path> libraries)
      throws IOException {
    Path jar = folder.resolve(name + ".jar");
    try (Javac javac = Javac.with(libraries);
        OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      Compiled compiled = javac.compile(List.of(Javac.source(name, source))).orFail();
      for (Map.Entry<String, byte[]> entry : compiled.files().entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return jar;
  }
}
