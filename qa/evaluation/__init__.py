"""Measuring quality: metrics, retrieval sets, gold answers, and learning the weights."""
