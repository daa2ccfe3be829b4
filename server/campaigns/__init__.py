"""The campaign: its window, its theme, its rules, and the demo."""
