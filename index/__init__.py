"""Reading documents and holding the index. Nothing here knows a question.

Read in the order of the stages: `types`, `sources`, `repair`, `articles`, `reprints`, `passages`,
then `build`, then `store` with `words` and `vectors`.
"""
