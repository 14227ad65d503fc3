const n = prompt("How many?");
console.log(n);
