const fs = require("fs");
const paths = [".", "/tmp", "/dev/shm"].map((place) => place + "/left.js.txt");
console.log(paths.some((path) => fs.existsSync(path)) ? "found a file" : "refused");
for (const path of paths) {
  try {
    fs.writeFileSync(path, "left");
  } catch (error) {}
}
