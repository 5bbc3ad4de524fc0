"""Record assessments, payments and exemptions of dues."""
