def log = new File(basedir, 'build.log').text
assert log.contains('bpf4j-maven-plugin') && log.contains('com.example.PacketCounter')
assert !log.contains('COMPILATION ERROR')
