"""Limits: how often one player or address may call, and the proof of work asked for beyond a crowd's pace."""
