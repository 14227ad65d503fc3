function more() {
  process.stdout.write("x".repeat(65536));
  setImmediate(more);
}
more();
