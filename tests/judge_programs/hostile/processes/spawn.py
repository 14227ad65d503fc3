import subprocess

try:
    subprocess.run(["/bin/sh", "-c", "echo got a shell"], check=True, timeout=5)
    print("ran")
except (OSError, subprocess.SubprocessError):
    print("refused")
