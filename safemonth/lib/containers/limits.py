"""How much one file may be: beyond these it is no return, and reading it would stop the office's work."""

# A return has some ten parts; a workbook with a picture in each of 500 rows has about 1,000.
MOST_ENTRIES = 2_000

# A sheet of 100,000 rows and 20 columns unpacks to about 100 MB of XML; reading more takes minutes.
MOST_UNPACKED_BYTES = 200 * 1024 * 1024

# XML of sheets shrinks 10 to 60 times; deflate can reach 1,032 (zlib's technical details), which only
# bombs come near. Small parts may shrink much without doing harm, so the ratio counts above a floor.
MOST_SHRUNK = 200
SHRUNK_FLOOR_BYTES = 4 * 1024 * 1024

# A letter of 500 pages has about 1 MB of text; longer than this it is a book or a dump.
MOST_TEXT_BYTES = 8 * 1024 * 1024
