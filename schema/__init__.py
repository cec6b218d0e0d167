"""The documents, the errors and the progress events. Nothing here imports anything of ours."""
