"""Answers: from what a language model says to documents that are valid, whatever it says."""

from storyboard.generators.llm.answers.asking import Completer, Question, ask
from storyboard.generators.llm.answers.board_form import BoardForm
from storyboard.generators.llm.answers.cast_form import CastForm
from storyboard.generators.llm.answers.description_form import DescriptionForm
from storyboard.generators.llm.answers.documents import Edit, LookAnswer, SceneDraft, Score
from storyboard.generators.llm.answers.form import Form
from storyboard.generators.llm.answers.short_forms import CritiqueForm, LookForm, RevisionForm, StoryForm
from storyboard.generators.llm.answers.song_form import SongForm

__all__ = [
    "BoardForm",
    "CastForm",
    "Completer",
    "CritiqueForm",
    "DescriptionForm",
    "Edit",
    "Form",
    "LookAnswer",
    "LookForm",
    "Question",
    "RevisionForm",
    "SceneDraft",
    "Score",
    "SongForm",
    "StoryForm",
    "ask",
]
