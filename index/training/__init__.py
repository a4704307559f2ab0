"""Making the bundled encoder: from public Chinese text to the folder `index/model`.

Read in the order of the stages: `sources`, `tokenizer`, `pretraining`, `pairs`, `contrastive`,
`export`. Nothing here is imported when a question is answered.
"""
