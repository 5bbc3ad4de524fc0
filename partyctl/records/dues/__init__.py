"""Assessments, payments, exemptions."""
