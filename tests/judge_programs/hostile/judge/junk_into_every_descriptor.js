// Node opens descriptors of its own, and writing into them may well break it.
const fs = require("fs");
fs.writeSync(1, "wrong\n");
for (let fd = 3; fd < 200; fd++) {
  try {
    fs.writeSync(fd, "0 0 0 1000 1000 1000");
  } catch (error) {}
}
