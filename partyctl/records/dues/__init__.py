"""Record assessments, payments, exemptions and remittances of dues, and the lapse procedure."""
