File target = new File(basedir, 'target')
assert new File(target, 'aot-cache-1.aot').length() > 1_000_000

// What was compiled in the run is kept beside the classes only where that is asked for.
String late = 'CompileThresholdScaling'
assert new File(target, 'aot-cache-1.args').text.contains(late)
assert !new File(target, 'early.args').text.contains(late)
assert new File(target, 'early.aot').length() > new File(target, 'aot-cache-1.aot').length()

// The commands that the build names start with these caches: `on` fails where one cannot be used.
String said = 'start it with: '
List<String> lines = new File(basedir, 'build.log').readLines().findAll { it.contains(said) }
assert lines.size() == 2
for (String line : lines) {
  List<String> command = line.substring(line.indexOf(said) + said.length()).split(' ').toList()
  command.add(1, '-XX:AOTMode=on')
  Process run = command.execute()
  String printed = run.text
  assert run.waitFor() == 0 : run.err.text
  assert printed =~ /loaded, 0 packets|refused: /
}
