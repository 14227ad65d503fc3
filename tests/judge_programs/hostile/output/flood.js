const fs = require("fs");
for (;;) {
  try {
    fs.writeSync(1, "x".repeat(65536));
    fs.writeSync(2, "x".repeat(65536));
  } catch (error) {}
}
