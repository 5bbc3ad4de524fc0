"""The law: rules + facts + who is in scope + a day → obligations. No database, no screen, no clock."""
