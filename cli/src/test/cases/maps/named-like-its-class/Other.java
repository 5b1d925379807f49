record Other(int number) {}
