"""Reads question banks that others wrote. Takes what can be played and names the rest by line.

    registry.py → gift.py, opentrivia.py, own_json.py, csv_table.py, kahoot.py
                → imported.py (the result), plain_text.py, json_elements.py, table.py (rows under a header)

Pure but for its parser libraries: no files, no network; bytes come in, questions and problems go out.
"""
