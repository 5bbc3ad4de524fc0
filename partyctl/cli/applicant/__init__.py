"""Admission of members: `partyctl applicant`."""
