pytest_plugins = ["tests.services"]

# Programs for the judge, hostile ones among them: they are run in a box, never imported here.
collect_ignore = ["judge_programs"]
