"""Import the rows of a workbook as records, and write the workbooks for clerks to fill in."""
