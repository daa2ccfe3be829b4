"""Popshot's tests."""
