"""Letters and reports in Chinese or English: text in, figures out."""
