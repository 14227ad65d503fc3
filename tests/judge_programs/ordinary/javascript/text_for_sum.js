const [a, b] = require("fs").readFileSync("/dev/stdin", "utf8").trim().split(" ");
console.log(a + b);
