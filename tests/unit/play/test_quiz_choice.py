"""Which quiz is played, and what is said about what could not be taken."""

from pathlib import Path

import pytest

from knative.local.play.quiz_choice import QuizNotFound, chosen_quiz, shipped_names

BANK = b"""// a bank
::Sky:: What colour is the sky? {=blue ~green ~red}

::Broken:: What is {=this

::Year:: When was Python published? {#1991}
"""


def test_choice_file_gives_its_questions_and_names_the_rest_by_line(tmp_path: Path) -> None:
    """A bank is taken as far as it can be; what cannot be taken has its line."""
    file = tmp_path / "bank.gift"
    file.write_bytes(BANK)
    chosen = chosen_quiz(str(file))
    assert next(question.prompt for question in chosen.questions) == "What colour is the sky?"
    assert chosen.problem_lines
    assert all(line.startswith("bank.gift:") for line in chosen.problem_lines)


def test_choice_at_most_takes_the_first_ones(tmp_path: Path) -> None:
    """A long bank can be cut."""
    file = tmp_path / "bank.gift"
    file.write_bytes(BANK)
    assert len(chosen_quiz(str(file), at_most=1).questions) == 1


@pytest.mark.parametrize("name", shipped_names())
def test_choice_shipped_quiz_has_questions_and_no_problems(name: str) -> None:
    """What ships can be played whole."""
    chosen = chosen_quiz(name)
    assert chosen.questions
    assert chosen.problem_lines == ()


def test_choice_unknown_name_lists_what_ships() -> None:
    """A wrong name is answered by the right ones."""
    with pytest.raises(QuizNotFound, match="got 'no-such-quiz'"):
        chosen_quiz("no-such-quiz")


def test_chosen_quiz_of_a_pattern_is_all_banks_as_one(tmp_path: Path) -> None:
    """Several files are played one after the other; problems name their file."""
    (tmp_path / "a.gift").write_text("Sky? {=blue ~green}\n")
    (tmp_path / "b.gift").write_text("Essay {}\n\nGrass? {=green ~blue}\n")
    chosen = chosen_quiz(str(tmp_path / "*.gift"))
    assert [question.prompt for question in chosen.questions] == ["Sky?", "Grass?"]
    assert [line.partition(":")[0] for line in chosen.problem_lines] == ["b.gift"]
