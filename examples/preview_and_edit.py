"""Write a storyboard, preview it small, change one scene, and see that only that scene is shot again.

python examples/preview_and_edit.py [FOLDER]
"""

import sys

import storyboard


def show(event: storyboard.Event) -> None:
    """Print every step, and whether it had to be done."""
    if isinstance(event, storyboard.StepFinished):
        state = "kept" if event.reused else "made"
        print(f"{state}  {event.step}  {event.detail}")


def main(folder: str) -> None:
    """Render twice; between the two, one scene moves to another place."""
    board = storyboard.plan("two rival lighthouse keepers", seed=2, height=144, fps=12)
    project = storyboard.render(board, out=folder, on_event=show)
    for shot in project.timeline.shots[:4]:
        print(f"frame {shot.first_frame}: {shot.reason}")

    board = project.storyboard
    board.scenes[1].setting = "a beach under the moon"
    board.scenes[1].time_of_day = "night"
    project = storyboard.render(board, out=folder, on_event=show)
    print(project.video)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "lighthouse")
