"""What a host keeps: published quizzes by their newest version, and drafts that may not be fit to publish yet."""

from dataclasses import dataclass

from shared.domain.identifiers import derived_id
from shared.domain.quiz import Question, Quiz

MAX_QUIZZES = 1_000
MAX_VERSIONS = 1_000
MAX_DRAFTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizSummary:
    """One published version without its questions. `request_id`: the request that published it."""

    id: str
    version: int
    title: str
    question_count: int
    request_id: str
    published_at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryEntry:
    """A quiz in its owner's library, as of its newest version. `image_url`: its first picture.

    `hidden`: deleted from the library. Sessions of it go on, and their results stay.
    """

    quiz_id: str
    owner_id: str
    version: int
    title: str
    question_count: int
    published_at_ms: int
    image_url: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A quiz being written. `revision` rises by one with every save, from 1.

    `quiz_id`: the quiz that publishing makes, or makes a new version of. `published_revision` and
    `published_version`: what was published of this draft last; 0 for nothing.
    """

    id: str
    owner_id: str
    quiz_id: str
    revision: int
    saved_at_ms: int
    title: str
    questions: tuple[Question, ...]
    published_revision: int = 0
    published_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSummary:
    """A draft without its questions."""

    id: str
    quiz_id: str
    revision: int
    saved_at_ms: int
    title: str
    question_count: int
    published_revision: int = 0
    published_version: int = 0


def quiz_id_of(owner_id: str, cause: str) -> str:
    """The quiz that a host's request (or draft) `cause` makes: the same for every repetition."""
    return derived_id(f"{owner_id}/{cause}", "quiz")


def entry_of(quiz: Quiz, *, owner_id: str) -> LibraryEntry:
    """The library's entry while `quiz` is its newest version."""
    return LibraryEntry(
        quiz_id=quiz.id,
        owner_id=owner_id,
        version=quiz.version,
        title=quiz.title,
        question_count=len(quiz.questions),
        published_at_ms=quiz.published_at_ms,
        image_url=next((question.image_url for question in quiz.questions if question.image_url), ""),
    )


def summary_of(quiz: Quiz) -> QuizSummary:
    """A version without its questions."""
    return QuizSummary(
        id=quiz.id,
        version=quiz.version,
        title=quiz.title,
        question_count=len(quiz.questions),
        request_id=quiz.request_id,
        published_at_ms=quiz.published_at_ms,
    )


def draft_summary_of(draft: Draft) -> DraftSummary:
    """A draft without its questions."""
    return DraftSummary(
        id=draft.id,
        quiz_id=draft.quiz_id,
        revision=draft.revision,
        saved_at_ms=draft.saved_at_ms,
        title=draft.title,
        question_count=len(draft.questions),
        published_revision=draft.published_revision,
        published_version=draft.published_version,
    )
