"""Understanding a question, retrieving and answering; measuring it; the command line.

Start with `ask` in `qa.answer`: understand, retrieve, answer.
"""
