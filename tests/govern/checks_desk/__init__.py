"""Tests of the desk of the automatic checks."""
