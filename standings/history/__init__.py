"""Seasons of the past as archives tell them, and the proof that the scoring gives their tables again. Plain: no Django."""
