"""Why something in a file cannot be taken, or is taken without a part: kinds of shared/domain/reasons.py."""

from shared.domain.reasons import Kind, kinds_in

# The file as a whole
FILE_SIZE = Kind("file_size", "expected a file of at most {most} bytes, got {got}")
FILE_EMPTY = Kind("file_empty", "expected a file with at least one question, got none")
FILE_OLD_EXCEL = Kind(
    "file_old_excel", "expected an .xlsx spreadsheet, got one of the old form: save it as .xlsx or CSV"
)
FILE_ARCHIVE = Kind("file_archive", "expected a text file, got a ZIP archive (a spreadsheet or a document?)")
FILE_ENCODING = Kind("file_encoding", "expected {encoding} text, got byte 0x{got}: {detail}")
FILE_BINARY = Kind("file_binary", "expected text, got a NUL byte: a binary file, or UTF-16 without its mark?")
QUESTIONS_TOO_MANY = Kind(
    "questions_too_many", "expected at most {most} questions in a quiz; this one and all after it were left out"
)

# Text that nobody can read
TEXT_SURROGATE = Kind("text_surrogate", "expected text, got half of a surrogate pair")
TEXT_CONTROL = Kind("text_control", "expected text, got the control character {got}")

# Spreadsheets
SHEET_BROKEN = Kind("sheet_broken", "expected an .xlsx spreadsheet, got a broken ZIP archive: {detail}")
SHEET_OTHER = Kind("sheet_other", "expected an .xlsx spreadsheet, got a ZIP archive of something else")
SHEET_UNREADABLE = Kind("sheet_unreadable", "expected an .xlsx spreadsheet, got one that cannot be read: {detail}")
SHEET_TAGS = Kind("sheet_tags", "expected a spreadsheet with at most {most} tags in a part, got {got}")
SHEET_SIZE = Kind(
    "sheet_size",
    "expected a spreadsheet of at most {most} bytes of XML, {most_part} in one part, got {got} and {got_part}",
)
SHEET_ROWS = Kind("sheet_rows", "expected a sheet of at most {most} rows, got more")

# Tables
HEADER_MISSING = Kind(
    "header_missing",
    "expected a header row with Question, Answer 1, Answer 2, … and Correct answer(s), or type, prompt, …; "
    "got none",
)
COLUMN_UNKNOWN = Kind("column_unknown", "expected a column that a question has, got {got}")
CSV_UNCLOSED = Kind("csv_unclosed", "expected CSV, got a quoted cell that never ends")
CSV_AFTER_QUOTE = Kind("csv_after_quote", "expected CSV, got text behind the closing quote of a cell")
CSV_ERROR = Kind("csv_error", "expected CSV, got an error: {detail}")
CELL_TYPE = Kind("cell_type", "expected a type of {known}, got {got}")
CELL_CORRECT_MISSING = Kind("cell_correct_missing", "expected at least one of 1 to {most}, got none")
CELL_CORRECT_FORM = Kind("cell_correct_form", "expected numbers of answers (1,3), got {got}")
CELL_CORRECT_AMONG = Kind("cell_correct_among", "expected numbers of answers among {among}, got {got}")
CELL_ACCEPTED_MISSING = Kind("cell_accepted_missing", "expected what is accepted, got none")
CELL_NUMBER = Kind("cell_number", "expected a number, got {got}")
CELL_NUMBER_SIZE = Kind("cell_number_size", "expected a sensible number, got {got}")
SEVERAL_RIGHT = Kind("several_right", "more than one answer is right: players must pick all of them")

# JSON
JSON_SYNTAX = Kind("json_syntax", "expected {expected}, got {got}")
JSON_END = Kind("json_end", "expected {expected}, got the end of the file")
JSON_ERROR = Kind("json_error", "expected JSON, got an error: {detail}")
JSON_SIZE = Kind("json_size", "expected a value of a sensible size, got one nested or long beyond it")
JSON_VALUE = Kind("json_value", "{detail}")
JSON_MEMBER = Kind("json_member", "expected title or questions, got {got}")
JSON_KEY = Kind("json_key", "expected a key that a question has, got {got}")
JSON_TITLE = Kind("json_title", "expected text at $.title")
JSON_NO_QUESTIONS = Kind("json_no_questions", "expected questions at $.questions, got none")
ANSWER_INDEX = Kind("answer_index", "expected the index of one of {count} answers, got {got}")

# GIFT
GIFT_SYNTAX = Kind("gift_syntax", "expected {expected}, got {got}")
GIFT_END = Kind("gift_end", "expected {expected}, got the end of the question (a blank line ends it)")
GIFT_LONG = Kind("gift_long", "expected at most {most} characters of text, got {got}")
GIFT_PICTURE = Kind("gift_picture", "the picture {got} was left out")
GIFT_DESCRIPTION = Kind("gift_description", "a description asks nothing: expected answers in {{braces}}, got none")
GIFT_ESSAY = Kind(
    "gift_essay", "an essay cannot be marked in a live quiz: expected answers between the braces, got none"
)
GIFT_WEIGHT = Kind("gift_weight", "expected a weight from -100 to 100 between % signs, got {got}")
GIFT_NONE_RIGHT = Kind("gift_none_right", "expected at least one right answer, got none")
GIFT_PART_MARKS = Kind(
    "gift_part_marks", "part of the marks ({weight} %) is not given: this answer counts as wrong"
)
GIFT_NO_FULL_MARKS = Kind("gift_no_full_marks", "no answer has full marks: those with {weight} % count as right")
GIFT_PAIR = Kind("gift_pair", "expected '->' in each pair of a matching question, got an answer without it")
GIFT_PARTNER = Kind("gift_partner", "expected a partner of its own for each item, got {got} twice")
GIFT_ANY_TEXT = Kind("gift_any_text", "* stands for any text in Moodle; here it is taken as it is")
GIFT_ANY_NUMBER = Kind("gift_any_number", "expected a number that is right, got an answer that takes any number")
GIFT_NUMBER_SIZE = Kind("gift_number_size", "expected numbers of a sensible size, got {got}")
GIFT_NUMBERS_APART = Kind("gift_numbers_apart", "expected one right number or range, got {count} that lie apart")

KINDS = kinds_in(globals())
