"""机构表: the organisation as an xlsx workbook, read, applied, written."""
