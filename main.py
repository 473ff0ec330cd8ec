"""What `cdktf synth` runs: the workspace that cdktf.json names, synthesized into CDKTF's output folder."""

from auroraform.commands.main import main

if __name__ == "__main__":
    main(["synth"])
