raise SystemExit("no solution")
