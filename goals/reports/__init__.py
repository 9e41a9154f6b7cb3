"""Reports to committees (Sachstandsbericht): frozen, as page, PDF and DOCX."""
