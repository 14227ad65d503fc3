let product = 1n;
for (let i = 1n; i <= 30n; i++) product *= i;
console.log(String(product));
