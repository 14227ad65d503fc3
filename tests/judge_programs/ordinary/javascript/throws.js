throw new Error("no solution");
