assert new File(basedir, 'target/aot-cache-1.aot').length() > 1_000_000

// The command that the build names starts with that cache: `on` fails where it cannot be used.
String said = 'start it with: '
String line = new File(basedir, 'build.log').readLines().find { it.contains(said) }
List<String> command = line.substring(line.indexOf(said) + said.length()).split(' ').toList()
command.add(1, '-XX:AOTMode=on')
Process run = command.execute()
String printed = run.text
assert run.waitFor() == 0 : run.err.text
assert printed =~ /loaded, 0 packets|refused: /
