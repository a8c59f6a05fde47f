"""Writes quizzes as files that shared/importers reads back as the same quiz. Pure: bytes go out.

registry.py → own_json.py, csv_table.py
"""
