"""What came out of a session, for its host to take home. Pure: domain objects come in, rows and bytes go out.

    authored.py (answers in the author's order) → words.py, statistics.py, totals.py → report.py (rows)
                                                → csv_file.py, json_file.py, xlsx_file.py (bytes, piece by piece)

Works question by question, so that a session of any size is written within the memory of one question's answers.
"""
