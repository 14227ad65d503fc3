# The traceback shows the lines of whatever file the code says that it comes from.
exec(compile("\n\n1 / 0\n", "@secret@", "exec"))
