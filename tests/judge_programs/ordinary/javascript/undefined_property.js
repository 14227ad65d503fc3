const marks = {};
console.log(marks.rahim.total);
