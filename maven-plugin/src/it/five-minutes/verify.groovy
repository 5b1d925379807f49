assert new File(basedir, 'target/classes/com/example/PacketCounter.bpf.o').length() > 0
assert new File(basedir, 'target/surefire-reports/com.example.PacketCounterTest.txt').text.contains('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0')
