// A shared library made by hand and loaded.
const fs = require("fs");
try {
  fs.writeFileSync("evil.node", Buffer.from("7f454c46020101", "hex"), { mode: 0o755 });
  process.dlopen({ exports: {} }, process.cwd() + "/evil.node");
  console.log("loaded");
} catch (error) {
  console.log("refused");
}
