const tools = require("./tools");
console.log(tools);
