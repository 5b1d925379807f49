/* Opens, loads, attaches and closes an object by libbpf, as LoadRounds asks for by lines "FILE N";
 * answers with the CPU time of each round in ns. */
#include <bpf/libbpf.h>
#include <stdio.h>
#include <time.h>

static long long cpu(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int once(const char *file)
{
	struct bpf_link *links[64];
	struct bpf_program *program;
	int count = 0, failed;
	struct bpf_object *object = bpf_object__open_file(file, NULL);

	if (libbpf_get_error(object))
		return 1;
	failed = bpf_object__load(object);
	if (!failed)
		bpf_object__for_each_program(program, object) {
			links[count] = bpf_program__attach(program);
			if (libbpf_get_error(links[count]) || ++count == 64) {
				failed = 1;
				break;
			}
		}
	while (count > 0)
		bpf_link__destroy(links[--count]);
	bpf_object__close(object);
	return failed;
}

int main(void)
{
	char file[4096];
	int rounds;

	libbpf_set_print(NULL);
	while (scanf("%4095s %d", file, &rounds) == 2) {
		long long start = cpu();
		int i, failed = 0;

		for (i = 0; i < rounds && !failed; i++)
			failed = once(file);
		printf("%lld\n", failed ? -1 : (cpu() - start) / rounds);
		fflush(stdout);
	}
	return 0;
}
