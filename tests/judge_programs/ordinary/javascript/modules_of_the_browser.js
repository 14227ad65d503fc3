import fs from "fs";
console.log(fs.readFileSync(0, "utf8"));
