const fs = require("fs");
let found = false;
for (const place of [".", "/tmp", "/dev/shm"]) {
  const path = place + "/left.js.txt";
  if (fs.existsSync(path)) found = true;
  try {
    fs.writeFileSync(path, "left");
  } catch (error) {}
}
console.log(found ? "found a file" : "refused");
