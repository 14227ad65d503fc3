const fs = require("fs");
fs.writeFileSync("notes.txt", "1 2 3");
console.log(fs.readFileSync("notes.txt", "utf8").length);
