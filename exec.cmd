@rem npm runs a script with cmd.exe on Windows, which has no exec: this file is found in its place and runs the rest.
@%*
