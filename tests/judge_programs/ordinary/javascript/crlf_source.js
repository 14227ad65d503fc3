const name = `a
b`;
console.log(name.length);
