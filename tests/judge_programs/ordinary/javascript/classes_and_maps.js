class Shape {
  #side = 3;
  get area() {
    return this.#side ** 2;
  }
}
const counts = new Map([..."banana"].map((letter) => [letter, 0]));
for (const letter of "banana") counts.set(letter, counts.get(letter) + 1);
console.log(new Shape().area, counts.get("a"), [..."কখ"].length, counts.get("z") ?? "none");
