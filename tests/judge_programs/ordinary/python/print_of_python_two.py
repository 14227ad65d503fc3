name = raw_input()
print "Hello", name
