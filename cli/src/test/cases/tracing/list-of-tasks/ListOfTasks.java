import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Iter;
import org.bpf4j.lang.IterContext;
import org.bpf4j.lang.KernelStruct;

@Bpf(license = "GPL")
public final class ListOfTasks {

  @KernelStruct
  interface TaskStruct {}

  @KernelStruct("file")
  interface File {}

  static int items;

  @Iter("task_file")
  static void files(IterContext out, TaskStruct task, int number, File file) {
    items++;
    if (number > 9) {
      return;
    }
    out.print("file %d is %x, %c, %d\n", number, number + 10, 'x', items);
    out.print("end\n");
  }
}
