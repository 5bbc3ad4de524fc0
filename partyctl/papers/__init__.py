"""Papers that come in from outside: workbooks of members, fees and meetings."""
