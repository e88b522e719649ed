# The worker processes of a run import this file again: they need nothing of the command.
if __name__ == "__main__":
    from meterbed.cli import main

    main()
